package io.serai.web;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first login.
 *
 * @param password of {@code admin}; when it is not given, one is made at the first start and shown then
 */
@ConfigurationProperties("serai.admin")
record StaffSettings(String password) {

    StaffSettings {
        password = password == null || password.isBlank() ? null : password;
    }

    @Override
    public String toString() {
        return "StaffSettings[password=" + (password == null ? "none" : "given") + "]";
    }
}
