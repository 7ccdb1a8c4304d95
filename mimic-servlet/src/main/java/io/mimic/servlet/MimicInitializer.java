package io.mimic.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers {@link MimicFilter} in a webapp that has this jar, ahead of the filters of its {@code web.xml}, unless that maps the filter
 * itself, and behind them {@link MimicDashboardFilter} where the host decides who sees the dashboard. Found by the container, also when the webapp's {@code web.xml} is {@code metadata-complete}.
 */
public final class MimicInitializer implements ServletContainerInitializer {
    private static final String NAME = "io.mimic.selfRegistered";
    private static final String DASHBOARD = "io.mimic.dashboard.selfRegistered";

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        register(context);
    }

    /** Once: whoever calls first decides the place among filters that are put in front. */
    static void register(ServletContext context) {
        registerDashboard(context);
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

    /** Behind the filters that log people in, where they decide about the dashboard; elsewhere there is one filter less. */
    private static void registerDashboard(ServletContext context) {
        if (!Settings.dashboardBehindHost(context, System::getenv) || MimicDashboardFilter.registeredIn(context)) {
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(DASHBOARD, MimicDashboardFilter.selfRegistered());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
    }
}
