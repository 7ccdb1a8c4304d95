package io.mimic.servlet;

import jakarta.servlet.ServletContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.WebApplicationInitializer;

/**
 * Registers {@link MimicFilter} in a WAR that Spring's initializers set up, ahead of theirs: the one of Spring Security puts its filter in front
 * of every other, which would refuse batches for want of a CSRF token. Containers call {@link MimicInitializer} before or after Spring in no
 * certain order; this one Spring calls first. Without Spring nobody loads it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SpringWarInitializer implements WebApplicationInitializer {
    @Override
    public void onStartup(ServletContext context) {
        MimicInitializer.register(context);
    }
}
