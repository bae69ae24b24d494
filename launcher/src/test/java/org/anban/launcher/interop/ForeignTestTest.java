package org.anban.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of other people's tests are run, and why the others are not. */
final class ForeignTestTest {
    @Test
    void aTestThatNobodyHasLookedAtApplies(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("client_test.py"), "class Test:\n    def testBasic(self):\n      pass\n");
        Files.writeString(
                folder.resolve("client_test5.py"),
                "class Test:\n    def test_will_delay(self):\n      pass\n    def test_new(self):\n      pass\n");
        List<ForeignTest> found = ForeignTest.in(folder);
        assertThat(found)
                .containsExactly(
                        new ForeignTest(4, "testBasic", "commands", ""),
                        new ForeignTest(5, "test_will_delay", "-", "no will is told to another client"),
                        new ForeignTest(5, "test_new", "plain", ""));
        assertThat(found).extracting(ForeignTest::applies).containsExactly(true, false, true);
    }
}
