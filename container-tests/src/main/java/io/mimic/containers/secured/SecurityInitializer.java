package io.mimic.containers.secured;

import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** Puts Spring Security in front of the webapp's filters, as its reference has it for webapps without Spring Boot. */
public final class SecurityInitializer extends AbstractSecurityWebApplicationInitializer {
    public SecurityInitializer() {
        super(SecurityRules.class);
    }
}
