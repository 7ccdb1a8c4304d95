package io.mimic.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers {@link MimicFilter} in a webapp that has this jar, ahead of the filters of its {@code web.xml}, unless that maps the filter
 * itself. Found by the container, also when the webapp's {@code web.xml} is {@code metadata-complete}.
 */
public final class MimicInitializer implements ServletContainerInitializer {
    private static final String NAME = "io.mimic.selfRegistered";

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        boolean mapped = context.getFilterRegistrations().values().stream()
                .anyMatch(filter -> MimicFilter.class.getName().equals(filter.getClassName()));
        if (mapped) {
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(NAME, MimicFilter.selfRegistered());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(MimicFilter.dispatcherTypes(), false, "/*");
        }
    }
}
