package io.mimic.spring;

import io.mimic.ConfigException;
import io.mimic.Mimic;
import io.mimic.MimicBuilder;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import io.mimic.archive.SessionArchive;
import io.mimic.buffer.SessionBuffer;
import io.mimic.catalog.SessionCatalog;
import io.mimic.servlet.MimicDashboardFilter;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Runs MIMIC in a servlet webapp. Adds a {@link Mimic} and the registration of its filter, nothing that the host could mistake for its
 * own: no security filter chain, no data source, no JSON mapper.
 *
 * <p>A {@link SessionBuffer}, {@link SessionArchive} or {@link SessionCatalog} bean of the host takes the place of the one that the settings
 * name; a single {@link Clock} bean tells the time; a {@link Mimic} bean replaces everything. A wrong setting is logged once and told by
 * {@code {path}/api/health}, and the host starts all the same.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ServletContext.class)
@Conditional(EnabledCondition.class)
public class MimicAutoConfiguration {
    /** After the handling of forwarded headers, before Spring Security and everything else that may refuse a request. */
    public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Behind Spring Security and whatever else of the host logs somebody in. */
    public static final int DASHBOARD_FILTER_ORDER = Ordered.LOWEST_PRECEDENCE;

    private static final System.Logger LOG = System.getLogger(MimicAutoConfiguration.class.getName());

    /** Puts MIMIC's filter in front of the host's. */
    @Bean
    @ConditionalOnMissingBean(name = "mimicFilter")
    FilterRegistrationBean<MimicFilter> mimicFilter(Mimic mimic, ObjectProvider<MimicStart> start) {
        MimicStart started = start.getIfAvailable();
        MimicFilter filter = started == null || started.problem() == null
                ? new MimicFilter(mimic)
                : MimicFilter.refusing(started.problem(), mimic.config().get(MimicSetting.PATH));
        FilterRegistrationBean<MimicFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(MimicFilter.dispatcherTypes());
        registration.setOrder(FILTER_ORDER);
        return registration;
    }

    /** Answers the dashboard behind the host's security, where that decides who sees it. */
    @Bean
    @ConditionalOnMissingBean(name = "mimicDashboardFilter")
    FilterRegistrationBean<MimicDashboardFilter> mimicDashboardFilter(Mimic mimic) {
        FilterRegistrationBean<MimicDashboardFilter> registration =
                new FilterRegistrationBean<>(new MimicDashboardFilter());
        registration.setEnabled(hostDecides(mimic));
        registration.addUrlPatterns(mount(mimic));
        registration.setOrder(DASHBOARD_FILTER_ORDER);
        return registration;
    }

    static boolean hostDecides(Mimic mimic) {
        return mimic.config().get(MimicSetting.DASHBOARD_AUTH) == MimicSetting.DashboardAuth.HOST;
    }

    static String mount(Mimic mimic) {
        return mimic.config().get(MimicSetting.PATH) + "/*";
    }

    /** MIMIC as the settings say, unless the host has its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Mimic.class)
    static class Own {
        @Bean
        MimicStart mimicStart(
                Environment environment,
                ObjectProvider<ServletContext> context,
                ObjectProvider<SessionBuffer> buffer,
                ObjectProvider<SessionArchive> archive,
                ObjectProvider<SessionCatalog> catalog,
                ObjectProvider<Clock> clock) {
            try {
                MimicBuilder builder = Mimic.builder(SpringSettings.read(environment));
                context.ifAvailable(servlet -> builder.context(servlet.getContextPath()));
                buffer.ifUnique(builder::buffer);
                archive.ifUnique(builder::archive);
                catalog.ifUnique(builder::catalog);
                clock.ifUnique(builder::clock);
                return new MimicStart(builder.start(), null);
            } catch (ConfigException e) {
                String problem = String.valueOf(e.getMessage());
                LOG.log(Level.ERROR, "MIMIC does not record: {0}", problem);
                return refused(environment, problem);
            } catch (RuntimeException | LinkageError e) {
                // whatever it is, the host starts
                LOG.log(Level.ERROR, "MIMIC does not record, since it could not start.", e);
                return refused(environment, "MIMIC could not start; the log has the cause.");
            }
        }

        private static MimicStart refused(Environment environment, String problem) {
            MimicConfig off = MimicConfig.defaults()
                    .with(MimicSetting.ENABLED, false)
                    .with(
                            MimicSetting.PATH,
                            SpringSettings.readable(environment).get(MimicSetting.PATH));
            return new MimicStart(Mimic.start(off), problem);
        }

        @Bean(destroyMethod = "close")
        Mimic mimic(MimicStart start) {
            return start.mimic();
        }
    }
}
