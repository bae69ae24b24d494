package org.anban.platform.register;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.device.Device;
import org.anban.platform.device.Devices;
import org.anban.platform.facility.Area;
import org.anban.platform.facility.Facilities;
import org.anban.platform.facility.Facility;
import org.anban.platform.family.Consent;
import org.anban.platform.family.Consents;
import org.anban.platform.person.Person;
import org.anban.platform.person.Persons;
import org.anban.platform.resident.Dwelling;
import org.anban.platform.resident.Resident;
import org.anban.platform.resident.Residents;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the register. Everything has an id of its own; adding what is there already changes nothing and answers
 * false, so that what people have changed since is never overwritten. Calls block; each is one transaction.
 */
public final class Register {
    private final Facilities facilities;
    private final Residents residents;
    private final Persons persons;
    private final Devices devices;
    private final Consents consents;

    public Register(Facilities facilities, Residents residents, Persons persons, Devices devices, Consents consents) {
        this.facilities = facilities;
        this.residents = residents;
        this.persons = persons;
        this.devices = devices;
        this.consents = consents;
    }

    public boolean add(Area area) {
        return facilities.add(area);
    }

    /** @param areas paths of the areas that a new station answers for, unless another does */
    public boolean add(Facility facility, List<String> areas) {
        return facilities.add(facility, areas);
    }

    public boolean add(Dwelling dwelling) {
        return residents.add(dwelling);
    }

    public boolean add(Resident resident) {
        return residents.add(resident);
    }

    public boolean addContact(String residentId, Contact contact) {
        return residents.add(residentId, contact);
    }

    /** @param password of a new account; null for somebody who cannot log in */
    public boolean add(Person person, @Nullable String password) {
        return persons.add(person, password);
    }

    /** Switches an account off or on; logins of somebody switched off end within seconds. */
    public void setActive(String personId, boolean active) {
        persons.setActive(personId, active);
    }

    public boolean add(Device device) {
        return devices.add(device);
    }

    /**
     * Binds a device; a binding that begins at the same instant already is left as it is.
     *
     * @throws CareException CONFLICT if the interval overlaps another of the device; INVALID if the subject is not in
     *     the register
     */
    public boolean bind(DeviceId device, Binding binding) {
        if (!isRegistered(binding.subject())) {
            throw CareException.invalid("subject: not in the register");
        }
        return devices.bind(device, binding);
    }

    /** Ends what a device is bound to. */
    public void unbind(DeviceId device, Instant at) {
        devices.unbind(device, at);
    }

    public boolean add(Consent consent) {
        return consents.add(consent);
    }

    /** Ends a consent; what it allowed is gone at once. */
    public void withdrawConsent(String consentId, Instant at) {
        consents.withdraw(consentId, at);
    }

    private boolean isRegistered(SubjectId subject) {
        return switch (subject.kind()) {
            case RESIDENT -> residents.find(subject.key()).isPresent();
            case DWELLING -> residents.dwelling(subject.key()).isPresent();
            case FACILITY -> facilities.find(subject.key()).isPresent();
            case UNBOUND -> false;
        };
    }
}
