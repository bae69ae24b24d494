package org.anban.gateway.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packets as the tables of tests write them: hexadecimal bytes; {@code [ … ]} is what a remaining length is put before,
 * {@code ( … )} properties behind their length; {@code "text"} has its length before it, {@code 'text'} has not;
 * {@code $name} is a text of the test's.
 */
record Notation(Map<String, String> names) {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|'[^']*'|\\$\\w+|[\\[\\]()]|[0-9A-Fa-f]+");

    byte[] bytes(String text) {
        Deque<ByteArrayOutputStream> open = new ArrayDeque<>();
        open.push(new ByteArrayOutputStream());
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String word = token.group();
            switch (word.charAt(0)) {
                case '[', '(' -> open.push(new ByteArrayOutputStream());
                case ']', ')' -> {
                    byte[] inner = open.pop().toByteArray();
                    length(open.element(), inner.length);
                    open.element().writeBytes(inner);
                }
                case '"' -> prefixed(open.element(), word.substring(1, word.length() - 1));
                case '$' -> prefixed(open.element(), names.get(word.substring(1)));
                case '\'' -> open.element().writeBytes(utf8(word.substring(1, word.length() - 1)));
                default -> open.element().writeBytes(HexFormat.of().parseHex(word));
            }
        }
        return open.pop().toByteArray();
    }

    private static void length(ByteArrayOutputStream out, int length) {
        int rest = length;
        do {
            int digit = rest & 0x7F;
            rest >>= 7;
            out.write(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
    }

    private static void prefixed(ByteArrayOutputStream out, String text) {
        byte[] bytes = utf8(text);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
