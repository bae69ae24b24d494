package org.anban.alert.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;

/** A small register that a test fills in; everybody else is at home with the default limits. */
public final class Register implements Profiles, DeviceDirectory, ResidentDirectory {
    private final Map<SubjectId, SubjectProfile> subjects = new ConcurrentHashMap<>();
    private final Map<DeviceId, DeviceProfile> devices = new ConcurrentHashMap<>();
    private volatile CountDownLatch answers = new CountDownLatch(0);

    public void status(SubjectId subject, SubjectStatus status) {
        subjects.put(
                subject,
                new SubjectProfile(
                        subject,
                        status,
                        subject(subject).limits(),
                        subject(subject).areaPath()));
    }

    public void limits(SubjectId subject, VitalLimits limits) {
        subjects.put(subject, new SubjectProfile(subject, subject(subject).status(), limits));
    }

    public void device(String id, String kind, boolean countsDown, Duration interval, SubjectId subject) {
        DeviceId device = new DeviceId(id);
        Binding binding = new Binding(subject, Instant.EPOCH, null);
        devices.put(device, new DeviceProfile(device, kind, "model", countsDown, interval, List.of(binding)));
    }

    /** A device with all that it shares with others. */
    public void device(DeviceProfile profile) {
        devices.put(profile.id(), profile);
    }

    public void home(SubjectId subject, String area) {
        SubjectProfile known = subject(subject);
        subjects.put(subject, new SubjectProfile(subject, known.status(), known.limits(), area));
    }

    /** From now on whoever asks as a service waits until it answers again. */
    public void hang() {
        answers = new CountDownLatch(1);
    }

    public void answer() {
        answers.countDown();
    }

    private void awaitAnswer() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public SubjectProfile subject(SubjectId id) {
        SubjectProfile known = subjects.get(id);
        return known == null ? new SubjectProfile(id, SubjectStatus.HOME, VitalLimits.DEFAULT) : known;
    }

    @Override
    public SubjectProfile subjectNow(SubjectId id) {
        return subject(id);
    }

    @Override
    public Optional<DeviceProfile> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public Optional<DeviceProfile> find(DeviceId id) {
        awaitAnswer();
        return device(id);
    }

    @Override
    public SubjectProfile profile(SubjectId id) {
        awaitAnswer();
        return subject(id);
    }

    @Override
    public SubjectLabel label(SubjectId id) {
        return new SubjectLabel(id, id.key(), "", "");
    }

    @Override
    public Optional<SubjectFile> file(SubjectId id) {
        return Optional.empty();
    }

    @Override
    public List<Contact> contacts(SubjectId id) {
        return List.of();
    }

    @Override
    public Optional<Contact> stationContact(String station) {
        return Optional.empty();
    }

    @Override
    public Optional<Contact> dutyManager(String areaPath) {
        return Optional.empty();
    }

    @Override
    public List<Responder> responders(String areaPath) {
        return List.of();
    }

    @Override
    public Optional<Responder> responder(String id) {
        return Optional.empty();
    }
}
