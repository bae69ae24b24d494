package org.anban.platform.register;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
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
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/**
 * Writes to the register. Everything has an id of its own; adding what is there already changes nothing and answers
 * false, so that what people have changed since is never overwritten. What names somebody who is not in the register is
 * INVALID, what takes a name that is taken is a CONFLICT. Calls block; each is one transaction.
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
        return checked(() -> facilities.add(area));
    }

    /** @param areas paths of the areas that a new station answers for, unless another does */
    public boolean add(Facility facility, List<String> areas) {
        return checked(() -> facilities.add(facility, areas));
    }

    public boolean add(Dwelling dwelling) {
        return checked(() -> residents.add(dwelling));
    }

    public boolean add(Resident resident) {
        return checked(() -> residents.add(resident));
    }

    public boolean addContact(String residentId, Contact contact) {
        return checked(() -> residents.add(residentId, contact));
    }

    /** @param password of a new account; null for somebody who cannot log in */
    public boolean add(Person person, @Nullable String password) {
        return checked(() -> persons.add(person, password));
    }

    /** Replaces a password, known or lost. */
    public void setPassword(String personId, String password) {
        persons.setPassword(personId, password);
    }

    /** Switches an account off or on; logins of somebody switched off end within seconds. */
    public void setActive(String personId, boolean active) {
        persons.setActive(personId, active);
    }

    public boolean add(Device device) {
        return checked(() -> devices.add(device));
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

    /**
     * Puts a device on the list of a relay or a vendor account, unless that name is on it already.
     *
     * @param name what the speaker calls it: a friendly name, the vendor's number
     */
    public boolean addChild(DeviceId speaker, String name, DeviceId device) {
        return devices.addChild(speaker, name, device);
    }

    /** Takes a name from a list. */
    public void removeChild(DeviceId speaker, String name) {
        devices.removeChild(speaker, name);
    }

    public boolean add(Consent consent) {
        return checked(() -> consents.add(consent));
    }

    /** Ends a consent; what it allowed is gone at once. */
    public void withdrawConsent(String consentId, Instant at) {
        consents.withdraw(consentId, at);
    }

    /** What only the tables can tell: something named is not there, or something else has the name already. */
    private static boolean checked(BooleanSupplier write) {
        try {
            return write.getAsBoolean();
        } catch (UnableToExecuteStatementException e) {
            String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : "";
            if (PSQLState.FOREIGN_KEY_VIOLATION.getState().equals(state)) {
                throw CareException.invalid("it names a person, a place or a resident that is not in the register");
            }
            if (PSQLState.UNIQUE_VIOLATION.getState().equals(state)) {
                throw CareException.conflict(
                        "its user name, its place in the calling order, or its place on a list, is taken");
            }
            throw e;
        }
    }

    private boolean isRegistered(SubjectId subject) {
        return switch (subject.kind()) {
            case RESIDENT -> residents.find(subject.key()).isPresent();
            case DWELLING -> residents.dwelling(subject.key()).isPresent();
            case FACILITY -> facilities.find(subject.key()).isPresent();
            case UNBOUND, AREA, MODEL, CARRIER, RELAY, INTAKE -> false;
        };
    }
}
