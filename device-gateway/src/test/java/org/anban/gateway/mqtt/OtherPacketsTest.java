package org.anban.gateway.mqtt;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions, pings, the end, and what only a server sends, byte for byte. See {@link Notation}. */
@Timeout(120)
class OtherPacketsTest {
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
            4 | the commands, QoS 0            | 82 [ 0007 $command 00 ]                   | 90000700
            4 | the commands, QoS 1            | 82 [ 0007 $command 01 ]                   | 90000701
            4 | the commands, QoS 2            | 82 [ 0007 $command 02 ]                   | 90000701
            4 | something else and the commands| 82 [ 0007 $event 01 $command 01 "#" 00 ]  | 900007800180
            4 | QoS 3                          | 82 [ 0007 $command 03 ]                   | closed
            4 | options of version 5           | 82 [ 0007 $command 04 ]                   | closed
            4 | no filter                      | 82 [ 0007 ]                               | closed
            4 | an empty filter                | 82 [ 0007 "" 00 ]                         | closed
            4 | no QoS                         | 82 [ 0007 $command ]                      | closed
            4 | packet id 0                    | 82 [ 0000 $command 01 ]                   | closed
            4 | without its flags              | 80 [ 0007 $command 01 ]                   | closed
            4 | U+0000 in the filter           | 82 [ 0007 0001 00 01 ]                    | closed
            5 | the commands, QoS 0            | 82 [ 0007 () $command 00 ]                | 9000070000
            5 | the commands, QoS 2            | 82 [ 0007 () $command 02 ]                | 9000070001
            5 | all options                    | 82 [ 0007 () $command 1D ]                | 9000070001
            5 | another's commands             | 82 [ 0007 () "care/v1/x/command" 01 ]     | 9000070087
            5 | wildcards                      | 82 [ 0007 () "#" 01 "care/v1/+/command" 01 ] | 90000700a2a2
            5 | a wildcard out of its place    | 82 [ 0007 () "care/v1#" 01 "care/v+/x" 01 ] | 900007008f8f
            5 | a shared subscription          | 82 [ 0007 () "$share/g/care/v1/dev/command" 01 ] | 900007009e
            5 | a subscription's identifier    | 82 [ 0007 ( 0B01 ) $command 01 "#" 00 ]   | 90000700a1a1
            5 | identifier 0                   | 82 [ 0007 ( 0B00 ) $command 01 ]          | e08200 closed
            5 | user properties                | 82 [ 0007 ( 26 "a" "b" ) $command 01 ]    | 9000070001
            5 | a property of CONNECT          | 82 [ 0007 ( 210001 ) $command 01 ]        | e08100 closed
            5 | QoS 3                          | 82 [ 0007 () $command 03 ]                | e08200 closed
            5 | retain handling 3              | 82 [ 0007 () $command 31 ]                | e08200 closed
            5 | reserved options               | 82 [ 0007 () $command 41 ]                | e08100 closed
            5 | shared, and not to itself      | 82 [ 0007 () "$share/g/x" 05 ]            | e08200 closed
            5 | no filter                      | 82 [ 0007 () ]                            | e08200 closed
            5 | an empty filter                | 82 [ 0007 () "" 00 ]                      | e08100 closed
            5 | ill-formed UTF-8               | 82 [ 0007 () 0001 FF 01 ]                 | e08100 closed
            5 | no options                     | 82 [ 0007 () $command ]                   | e08100 closed
            5 | packet id 0                    | 82 [ 0000 () $command 01 ]                | e08200 closed
            5 | without its flags              | 80 [ 0007 () $command 01 ]                | e08100 closed
            """)
    void subscribe(int version, String what, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            4 | what there is not    | A2 [ 0007 $command ]                                        | b00007
            4 | what there is        | 82 [ 0006 $command 01 ] / A2 [ 0007 $command ]              | 90000601 / b00007
            4 | no filter            | A2 [ 0007 ]                                                 | closed
            4 | an empty filter      | A2 [ 0007 "" ]                                              | closed
            4 | packet id 0          | A2 [ 0000 $command ]                                        | closed
            4 | without its flags    | A0 [ 0007 $command ]                                        | closed
            5 | what there is not    | A2 [ 0007 () $command "x" ]                                 | b00007001111
            5 | what there is        | 82 [ 0006 () $command 01 ] / A2 [ 0007 () $command ]        | 9000060001 / b000070000
            5 | user properties      | A2 [ 0007 ( 26 "a" "b" ) $command ]                         | b000070011
            5 | an identifier        | A2 [ 0007 ( 0B01 ) $command ]                               | e08100 closed
            5 | no filter            | A2 [ 0007 () ]                                              | e08200 closed
            5 | an empty filter      | A2 [ 0007 () "" ]                                           | e08100 closed
            5 | a filter cut short   | A2 [ 0007 () 00FF 'x' ]                                     | e08100 closed
            5 | packet id 0          | A2 [ 0000 () $command ]                                     | e08200 closed
            5 | without its flags    | A0 [ 0007 () $command ]                                     | e08100 closed
            """)
    void unsubscribe(int version, String what, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            4 | PINGREQ                            | C0 00                          | d0
            5 | PINGREQ                            | C0 00 C0 00                    | d0 d0
            4 | PINGREQ with something in it       | C0 [ 00 ]                      | closed
            5 | PINGREQ with something in it       | C0 [ 00 ]                      | e08100 closed
            5 | PINGREQ with flags                 | C1 00                          | e08100 closed
            4 | DISCONNECT                         | E0 00                          | closed
            5 | DISCONNECT                         | E0 00                          | closed
            5 | DISCONNECT with a reason           | E0 [ 04 ]                      | closed
            5 | DISCONNECT with properties         | E0 [ 00 ( 1100000000 1F "x" 26 "a" "b" ) ] | closed
            5 | DISCONNECT that revives            | E0 [ 00 ( 1100000005 ) ]       | e08200 closed
            5 | DISCONNECT with another's property | E0 [ 00 ( 210001 ) ]           | e08100 closed
            5 | DISCONNECT, no such reason         | E0 [ 55 ]                      | e08200 closed
            5 | DISCONNECT with a byte too many    | E0 [ 00 () 00 ]                | e08100 closed
            5 | DISCONNECT with flags              | E2 00                          | e08100 closed
            4 | DISCONNECT with something in it    | E0 [ 00 ]                      | closed
            4 | type 15                            | F0 00                          | closed
            5 | AUTH                               | F0 00                          | e08c00 closed
            5 | AUTH that begins again             | F0 [ 19 ( 15 "SCRAM" ) ]       | e08c00 closed
            5 | AUTH, no such reason               | F0 [ 55 ]                      | e08200 closed
            5 | AUTH with flags                    | F1 00                          | e08100 closed
            5 | AUTH cut short                     | F0 [ 19 05 15 ]                | e08100 closed
            4 | CONNACK                            | 20 [ 0000 ]                    | closed
            5 | CONNACK                            | 20 [ 0000 () ]                 | e08200 closed
            5 | CONNACK with flags                 | 21 [ 0000 () ]                 | e08100 closed
            4 | SUBACK                             | 90 [ 0007 00 ]                 | closed
            5 | SUBACK                             | 90 [ 0007 () 00 ]              | e08200 closed
            5 | UNSUBACK                           | B0 [ 0007 () 00 ]              | e08200 closed
            4 | PINGRESP                           | D0 00                          | closed
            5 | PINGRESP                           | D0 00                          | e08200 closed
            4 | type 0                             | 00 00                          | closed
            5 | type 0                             | 00 00                          | e08100 closed
            5 | a length of five bytes             | C0 8080808000                  | e08100 closed
            5 | a length longer than it need be    | C0 8000                        | d0
            """)
    void theRest(int version, String what, String sent, String answers) throws Exception {
        tables.connected(version, sent, answers);
    }
}
