package org.anban.simulator.demo;

/** A demo login. */
public record Login(String username, String password) {
    /** Never the password. */
    @Override
    public String toString() {
        return username;
    }
}
