package org.anban.simulator.scenario;

import java.util.List;

/** What a scenario came to. */
public record Verdict(String scenario, List<Check> checks) {
    /** @param found what was the case, if the check failed */
    public record Check(String expected, boolean held, String found) {
        @Override
        public String toString() {
            return (held ? "  ok      " : "  FAILED  ") + expected + (held ? "" : "; found: " + found);
        }
    }

    public Verdict {
        checks = List.copyOf(checks);
    }

    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::held);
    }

    @Override
    public String toString() {
        long held = checks.stream().filter(Check::held).count();
        return "scenario " + scenario + ": " + (passed() ? "PASSED" : "FAILED") + " (" + held + " of " + checks.size()
                + " checks)";
    }
}
