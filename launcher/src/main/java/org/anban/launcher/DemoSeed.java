package org.anban.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.contracts.access.Role;
import org.anban.platform.demo.DemoDescription;
import org.anban.platform.demo.DemoDistrict;

/** Lays out the demo district, once, and keeps {@code demo.json} true to it. */
record DemoSeed(AnbanSystem system, Path home) {
    /** Whatever is there already stays; passwords and keys are those of the first start, or new ones if the file was lost. */
    DemoFile sow() {
        DemoFile.Secrets earlier = DemoFile.readSecrets(home).orElseGet(() -> new DemoFile.Secrets(Map.of(), Map.of()));
        Map<String, String> passwords = new LinkedHashMap<>();
        DemoDescription plan = DemoDistrict.describe();
        for (DemoDescription.Account account : plan.accounts()) {
            String kept = earlier.passwords().get(account.username());
            passwords.put(account.username(), kept == null ? FreshPassword.make() : kept);
        }
        DemoFile file = file(plan, passwords, devices(plan, earlier.keys()));
        DemoDistrict.seed(system.platform().register(), passwords);
        plan.accounts().stream()
                .filter(account -> !earlier.passwords().containsKey(account.username()))
                .forEach(account -> system.platform()
                        .register()
                        .setPassword(account.personId(), passwords.get(account.username())));
        // Last: whoever dies before it leaves no file, and the next start gives out new passwords.
        write(file);
        return file;
    }

    private List<DemoFile.Device> devices(DemoDescription plan, Map<String, String> keys) {
        List<DemoFile.Device> devices = new ArrayList<>();
        for (DemoDescription.Equipment device : plan.devices()) {
            String kept = keys.get(device.id().value());
            boolean good = kept != null && system.gateway().credentials().check(device.id(), kept);
            String key = good ? kept : system.gateway().credentials().issue(device.id());
            devices.add(new DemoFile.Device(
                    device.id().value(), key, device.kind(), device.subject().toString()));
        }
        return devices;
    }

    private DemoFile file(DemoDescription plan, Map<String, String> passwords, List<DemoFile.Device> devices) {
        return new DemoFile(
                "http://127.0.0.1:" + system.httpPort(),
                system.mqttUrl(),
                login(plan, Role.OPERATOR, passwords),
                login(plan, Role.SUPERVISOR, passwords),
                login(plan, Role.FAMILY, passwords),
                passwords,
                devices);
    }

    private static DemoFile.Login login(DemoDescription plan, Role role, Map<String, String> passwords) {
        String username = plan.accounts(role).get(0).username();
        return new DemoFile.Login(username, passwords.get(username));
    }

    private void write(DemoFile file) {
        try {
            file.write(home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + DemoFile.in(home), e);
        }
    }
}
