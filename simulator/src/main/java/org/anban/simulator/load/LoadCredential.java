package org.anban.simulator.load;

/**
 * Who connects.
 *
 * @param id client id and user name
 * @param key the password; empty to connect without user name, as to a broker that asks for none
 */
public record LoadCredential(String id, String key) {
    public static LoadCredential anonymous(String id) {
        return new LoadCredential(id, "");
    }

    /** Never the key. */
    @Override
    public String toString() {
        return id;
    }
}
