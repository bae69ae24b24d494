package org.anban.gateway.mqtt;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUBLISH and its acknowledgements, byte for byte, from a connected device. See {@link Notation}. */
@Timeout(120)
class PublishPacketsTest {
    private static PacketTables tables;

    @BeforeAll
    static void start() {
        tables = new PacketTables();
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            4 | QoS 0                          | 30 [ $event '{"type":"test"}' ]                        | -
            4 | QoS 1                          | 32 [ $event 0007 '{"type":"test"}' ]                   | 400007
            4 | QoS 2                          | 34 [ $event 0007 '{"type":"test"}' ] / 62 [ 0007 ]     | 500007 / 700007
            4 | retained                       | 33 [ $event 0007 '{"type":"test"}' ]                   | 400007
            4 | sent again                     | 3A [ $event 0007 '{"type":"test"}' ]                   | 400007
            4 | the status topic               | 33 [ $status 0007 'online' ]                           | 400007
            4 | no payload                     | 32 [ $telemetry 0007 ]                                 | 400007
            4 | another's topic                | 32 [ $other 0007 '{"type":"test"}' ]                   | closed
            4 | QoS 3                          | 36 [ $event 0007 '{"type":"test"}' ]                   | closed
            4 | QoS 0 sent again               | 38 [ $event '{"type":"test"}' ]                        | closed
            4 | packet id 0                    | 32 [ $event 0000 '{"type":"test"}' ]                   | closed
            4 | an empty topic                 | 32 [ "" 0007 '{"type":"test"}' ]                       | closed
            4 | a wildcard                     | 32 [ "care/v1/+/event" 0007 '{}' ]                     | closed
            4 | U+0000 in the topic            | 32 [ 0002 6100 0007 '{}' ]                             | closed
            4 | ill-formed UTF-8               | 32 [ 0002 C328 0007 '{}' ]                             | closed
            4 | a topic longer than the packet | 32 [ 00FF 'care' ]                                     | closed
            4 | no packet id                   | 32 [ $event ]                                          | closed
            4 | nothing in it                  | 32 00                                                  | closed
            4 | a length of five bytes         | 32 FFFFFFFF01                                          | closed
            5 | QoS 0                          | 30 [ $event () '{"type":"test"}' ]                     | -
            5 | QoS 1                          | 32 [ $event 0007 () '{"type":"test"}' ]                | 400007
            5 | QoS 2                          | 34 [ $event 0007 () '{"type":"test"}' ] / 62 [ 0007 ]  | 500007 / 700007
            5 | retained                       | 33 [ $event 0007 () '{"type":"test"}' ]                | 400007
            5 | every property                 | 32 [ $event 0007 ( 0101 0200000005 230001 08 "r" 09 "c" 26 "a" "b" 26 "a" "b" 03 "text" ) '{"type":"test"}' ] | 400007
            5 | text that is none              | 32 [ $event 0007 ( 0101 ) FFFE ]                       | 40000799
            5 | another's topic                | 32 [ $other 0007 () '{"type":"test"}' ]                | 40000787
            5 | another's topic, QoS 2         | 34 [ $other 0007 () '{}' ] / 62 [ 0007 ]                 | 50000787 / 70000792
            5 | another's topic, QoS 0         | 30 [ $other () '{}' ]                                  | -
            5 | a $ topic                      | 32 [ "$SYS/x" 0007 () '{}' ]                           | 40000787
            5 | QoS 3                          | 36 [ $event 0007 () '{"type":"test"}' ]                | e08100 closed
            5 | QoS 0 sent again               | 38 [ $event () '{"type":"test"}' ]                     | e08100 closed
            5 | packet id 0                    | 32 [ $event 0000 () '{"type":"test"}' ]                | e08200 closed
            5 | no topic and no alias          | 32 [ "" 0007 () '{}' ]                                 | e08200 closed
            5 | an alias never told            | 32 [ "" 0007 ( 230001 ) '{}' ]                         | e08200 closed
            5 | alias 0                        | 32 [ $event 0007 ( 230000 ) '{}' ]                     | e09400 closed
            5 | an alias above the maximum     | 32 [ $event 0007 ( 230005 ) '{}' ]                     | e09400 closed
            5 | an alias, QoS 0                | 30 [ $event ( 230004 ) '{}' ] 32 [ "" 0007 ( 230004 ) '{"type":"test"}' ] | 400007
            5 | a wildcard                     | 32 [ "care/v1/#" 0007 () '{}' ]                        | e08100 closed
            5 | U+0000 in the topic            | 32 [ 0002 6100 0007 () '{}' ]                          | e08100 closed
            5 | ill-formed UTF-8               | 32 [ 0002 C328 0007 () '{}' ]                          | e08100 closed
            5 | a topic longer than the packet | 32 [ 00FF 'care' ]                                     | e08100 closed
            5 | no packet id                   | 32 [ $event ]                                          | e08100 closed
            5 | no properties                  | 32 [ $event 0007 ]                                     | e08100 closed
            5 | properties cut short           | 32 [ $event 0007 05 0101 ]                             | e08100 closed
            5 | a property twice               | 32 [ $event 0007 ( 0101 0101 ) '{}' ]                  | e08200 closed
            5 | a property of CONNECT          | 32 [ $event 0007 ( 1100000001 ) '{}' ]                 | e08100 closed
            5 | a subscription's identifier    | 32 [ $event 0007 ( 0B01 ) '{}' ]                       | e08200 closed
            5 | payload format 2               | 32 [ $event 0007 ( 0102 ) '{}' ]                       | e08200 closed
            5 | a response topic with wildcard | 32 [ $event 0007 ( 08 "a/#" ) '{}' ]                   | e08200 closed
            5 | a length of five bytes         | 32 FFFFFFFF01                                          | e08100 closed
            """)
    void publish(int version, String what, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            4 | PUBACK of nothing           | 40 [ 0007 ]                  | -
            5 | PUBACK of nothing           | 40 [ 0007 ]                  | -
            5 | PUBACK with a reason        | 40 [ 0007 10 ]               | -
            5 | PUBACK with properties      | 40 [ 0007 00 ( 1F "why" 26 "a" "b" ) ] | -
            4 | PUBACK with a reason        | 40 [ 0007 00 ]               | closed
            5 | PUBACK with another's       | 40 [ 0007 00 ( 210001 ) ]    | e08100 closed
            5 | PUBACK, no such reason      | 40 [ 0007 55 ]               | e08200 closed
            5 | PUBACK, a byte too many     | 40 [ 0007 00 () 00 ]         | e08100 closed
            5 | PUBACK of packet id 0       | 40 [ 0000 ]                  | e08200 closed
            5 | PUBACK cut short            | 40 [ 00 ]                    | e08100 closed
            4 | PUBACK cut short            | 40 [ 00 ]                    | closed
            5 | PUBACK with flags           | 42 [ 0007 ]                  | e08100 closed
            4 | PUBACK with flags           | 42 [ 0007 ]                  | closed
            4 | PUBREC of nothing           | 50 [ 0007 ]                  | 620007 -
            5 | PUBREC of nothing           | 50 [ 0007 ]                  | 62000792 -
            5 | PUBREC that refuses         | 50 [ 0007 80 ]               | -
            5 | PUBREC cut short            | 50 00                        | e08100 closed
            5 | PUBREC of packet id 0       | 50 [ 0000 ]                  | e08200 closed
            5 | PUBREC with flags           | 51 [ 0007 ]                  | e08100 closed
            4 | PUBREL of nothing           | 62 [ 0007 ]                  | 700007
            5 | PUBREL of nothing           | 62 [ 0007 ]                  | 70000792
            5 | PUBREL with a reason        | 62 [ 0007 92 () ]            | 70000792
            5 | PUBREL, no such reason      | 62 [ 0007 80 ]               | e08200 closed
            5 | PUBREL without its flags    | 60 [ 0007 ]                  | e08100 closed
            4 | PUBREL without its flags    | 60 [ 0007 ]                  | closed
            5 | PUBREL of packet id 0       | 62 [ 0000 ]                  | e08200 closed
            5 | PUBREL cut short            | 62 [ 07 ]                    | e08100 closed
            4 | PUBCOMP of nothing          | 70 [ 0007 ]                  | -
            5 | PUBCOMP of nothing          | 70 [ 0007 92 ]               | -
            5 | PUBCOMP with flags          | 72 [ 0007 ]                  | e08100 closed
            5 | PUBCOMP of packet id 0      | 70 [ 0000 ]                  | e08200 closed
            4 | PUBCOMP too long            | 70 [ 000700 ]                | closed
            """)
    void acknowledgements(int version, String what, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }
}
