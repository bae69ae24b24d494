package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONNECT, byte for byte: what is let in, and what is refused how. See {@link Notation}. */
@Timeout(120)
class ConnectPacketsTest {
    private static PacketTables tables;

    @BeforeAll
    static void start() {
        tables = new PacketTables();
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            plain                           | 10 [ "MQTT" 04 C2 003C "dev" "dev" $key ]                    | 200000
            with a will                     | 10 [ "MQTT" 04 C6 003C "dev" $event "gone" "dev" $key ]      | 200000
            a will of QoS 2, retained       | 10 [ "MQTT" 04 F6 003C "dev" $status "gone" "dev" $key ]     | 200000
            no client id, clean             | 10 [ "MQTT" 04 C2 003C "" "dev" $key ]                       | 200000
            no client id, a session         | 10 [ "MQTT" 04 C0 003C "" "dev" $key ]                       | 200002 closed
            not a device id                 | 10 [ "MQTT" 04 C2 003C "no id" "dev" $key ]                  | 200002 closed
            another's will                  | 10 [ "MQTT" 04 C6 003C "dev" $other "gone" "dev" $key ]      | 200005 closed
            no user name                    | 10 [ "MQTT" 04 02 003C "dev" ]                               | 200005 closed
            MQTT 3.1                        | 10 [ "MQIsdp" 03 C2 003C "dev" "dev" $key ]                  | 200001 closed
            MQTT 3                          | 10 [ "MQTT" 03 C2 003C "dev" "dev" $key ]                    | 200001 closed
            MQTT 6                          | 10 [ "MQTT" 06 C2 003C () "dev" "dev" $key ]                 | 200084* closed
            another protocol                | 10 [ "MQTX" 04 C2 003C "dev" "dev" $key ]                    | closed
            reserved bits of the header     | 11 [ "MQTT" 04 C2 003C "dev" "dev" $key ]                    | closed
            the reserved flag               | 10 [ "MQTT" 04 C3 003C "dev" "dev" $key ]                    | closed
            a will of QoS 3                 | 10 [ "MQTT" 04 DE 003C "dev" $event "gone" "dev" $key ]      | closed
            a QoS without a will            | 10 [ "MQTT" 04 CA 003C "dev" "dev" $key ]                    | closed
            retain without a will           | 10 [ "MQTT" 04 E2 003C "dev" "dev" $key ]                    | closed
            a password without a user name  | 10 [ "MQTT" 04 42 003C "dev" $key ]                          | closed
            a will topic with a wildcard    | 10 [ "MQTT" 04 C6 003C "dev" "care/v1/#" "x" "dev" $key ]    | closed
            an empty will topic             | 10 [ "MQTT" 04 C6 003C "dev" "" "x" "dev" $key ]             | closed
            a byte too many                 | 10 [ "MQTT" 04 C2 003C "dev" "dev" $key 00 ]                 | closed
            ends in the client id           | 10 [ "MQTT" 04 C2 003C 0004 'dev' ]                          | closed
            ends in the keep alive          | 10 [ "MQTT" 04 C2 00 ]                                       | closed
            empty                           | 10 00                                                        | closed
            U+0000 in the client id         | 10 [ "MQTT" 04 C2 003C 0003 6400 76 "dev" $key ]             | closed
            overlong UTF-8                  | 10 [ "MQTT" 04 C2 003C 0003 C080 76 "dev" $key ]             | closed
            a surrogate in UTF-8            | 10 [ "MQTT" 04 C2 003C 0003 EDA080 "dev" $key ]              | closed
            a length of five bytes          | 10 FFFFFFFF01                                                | closed
            """)
    void ofVersionThree(String what, String sent, String answers) throws Exception {
        tables.first(sent, answers);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            plain                           | 10 [ "MQTT" 05 C2 003C () "dev" "dev" $key ]                                  | 200000*
            every property there is         | 10 [ "MQTT" 05 C2 003C ( 1100000001 210005 2700010000 220003 1901 1701 26 "a" "b" 26 "a" "b" ) "dev" "dev" $key ] | 200000*
            no client id                    | 10 [ "MQTT" 05 C2 003C ( 1701 ) "" "dev" $key ]                               | 200000172100102700010000220004280029002a00120003646576
            with a will                     | 10 [ "MQTT" 05 C6 003C () "dev" () $event "gone" "dev" $key ]                 | 200000*
            every property of a will        | 10 [ "MQTT" 05 C6 003C () "dev" ( 1800000005 0101 0200000005 03 "text" 08 "r" 09 "c" 26 "a" "b" ) $event "x" "dev" $key ] | 200000*
            another's will                  | 10 [ "MQTT" 05 C6 003C () "dev" () $other "gone" "dev" $key ]                 | 200090* closed
            a will topic with a wildcard    | 10 [ "MQTT" 05 C6 003C () "dev" () "care/v1/#" "x" "dev" $key ]               | 200081* closed
            a password without a user name  | 10 [ "MQTT" 05 42 003C () "dev" $key ]                                        | 200087* closed
            not a device id                 | 10 [ "MQTT" 05 C2 003C () "no id" "dev" $key ]                                | 200085* closed
            a wrong key                     | 10 [ "MQTT" 05 C2 003C () "dev" "dev" "guess" ]                               | 200086* closed
            an authentication method        | 10 [ "MQTT" 05 C2 003C ( 15 "SCRAM" 16 "x" ) "dev" "dev" $key ]               | 20008c* closed
            data without a method           | 10 [ "MQTT" 05 C2 003C ( 16 "x" ) "dev" "dev" $key ]                          | 200082* closed
            no room for an answer           | 10 [ "MQTT" 05 C2 003C ( 2700000010 ) "dev" "dev" $key ]                      | 200095* closed
            the reserved flag               | 10 [ "MQTT" 05 C3 003C () "dev" "dev" $key ]                                  | 200081* closed
            reserved bits of the header     | 12 [ "MQTT" 05 C2 003C () "dev" "dev" $key ]                                  | closed
            a will of QoS 3                 | 10 [ "MQTT" 05 DE 003C () "dev" () $event "gone" "dev" $key ]                 | 200081* closed
            a QoS without a will            | 10 [ "MQTT" 05 CA 003C () "dev" "dev" $key ]                                  | 200081* closed
            a property twice                | 10 [ "MQTT" 05 C2 003C ( 210005 210005 ) "dev" "dev" $key ]                   | 200082* closed
            a property of a will twice      | 10 [ "MQTT" 05 C6 003C () "dev" ( 0101 0101 ) $event "x" "dev" $key ]         | 200082* closed
            a property of PUBLISH           | 10 [ "MQTT" 05 C2 003C ( 230001 ) "dev" "dev" $key ]                          | 200081* closed
            a property that there is not    | 10 [ "MQTT" 05 C2 003C ( 7F01 ) "dev" "dev" $key ]                            | 200081* closed
            a property cut short            | 10 [ "MQTT" 05 C2 003C 02 2100 "dev" "dev" $key ]                             | 200081* closed
            more properties than packet     | 10 [ "MQTT" 05 C2 003C 7F 210005 ]                                            | 200081* closed
            a receive maximum of none       | 10 [ "MQTT" 05 C2 003C ( 210000 ) "dev" "dev" $key ]                          | 200082* closed
            a packet size of none           | 10 [ "MQTT" 05 C2 003C ( 2700000000 ) "dev" "dev" $key ]                      | 200082* closed
            problem information 2           | 10 [ "MQTT" 05 C2 003C ( 1702 ) "dev" "dev" $key ]                            | 200082* closed
            response information 2          | 10 [ "MQTT" 05 C2 003C ( 1902 ) "dev" "dev" $key ]                            | 200082* closed
            ill-formed UTF-8 in a property  | 10 [ "MQTT" 05 C2 003C ( 26 0001 FF "b" ) "dev" "dev" $key ]                  | 200081* closed
            U+0000 in the user name         | 10 [ "MQTT" 05 C2 003C () "dev" 0001 00 $key ]                                | 200081* closed
            a byte too many                 | 10 [ "MQTT" 05 C2 003C () "dev" "dev" $key 00 ]                               | 200081* closed
            no properties at all            | 10 [ "MQTT" 05 C2 003C ]                                                      | 200081* closed
            """)
    void ofVersionFive(String what, String sent, String answers) throws Exception {
        tables.first(sent, answers);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            CONNACK      | 20 [ 0000 ]
            PUBLISH      | 32 [ $event 0001 '{"type":"sos"}' ]
            PUBACK       | 40 [ 0001 ]
            PUBREC       | 50 [ 0001 ]
            PUBREL       | 62 [ 0001 ]
            PUBCOMP      | 70 [ 0001 ]
            SUBSCRIBE    | 82 [ 0001 $command 01 ]
            SUBACK       | 90 [ 0001 00 ]
            UNSUBSCRIBE  | A2 [ 0001 $command ]
            UNSUBACK     | B0 [ 0001 ]
            PINGREQ      | C0 00
            PINGRESP     | D0 00
            DISCONNECT   | E0 00
            AUTH         | F0 00
            type 0       | 00 00
            """)
    void nothingComesBeforeIt(String what, String sent) throws Exception {
        tables.first(sent, "closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            4 | 10 [ "MQTT" 04 C2 003C "dev" "dev" $key ]      | closed
            5 | 10 [ "MQTT" 05 C2 003C () "dev" "dev" $key ]   | e08200 closed
            """)
    void itComesOnce(int version, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            a refusal         | 10 [ "MQTT" 05 C2 003C () "dev" "dev" "?" ] | 20 00 86 ( 1F "the key is wrong" )
            without words     | 10 [ "MQTT" 05 C2 003C ( 1700 ) "dev" "dev" "?" ] | 20 00 86 ()
            an acknowledgement | 10 [ "MQTT" 05 C2 003C () "dev" "dev" $key ] 32 [ $other 0007 () '{}' ] | 40 0007 87 ( 1F "not this device's: it speaks only of itself" )
            the end           | 10 [ "MQTT" 05 C2 003C () "dev" "dev" $key ] F0 00 | E0 8C ( 1F "enhanced authentication is not offered" )
            """)
    void whatIsWrongIsSaidInWords(String what, String sent, String answer) throws Exception {
        try (RawClient client = RawClient.open(tables.gateway().port(), 5)) {
            client.send(tables.bytes(sent));
            String said = client.next();
            assertThat(said.startsWith("200000") ? client.next() : said)
                    .isEqualTo(HexFormat.of().formatHex(tables.bytes(answer)));
        }
    }
}
