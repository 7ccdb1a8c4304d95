package io.mimic.spring;

import io.mimic.Mimic;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * With {@code mimic.dashboard.auth=host} the dashboard's requests pass Spring Security, which finds out who asks. Changes carry a CSRF token
 * of MIMIC's own, and the origin is checked: Spring Security's is not asked for as well. Contributes no security chain, and concerns no
 * path but MIMIC's.
 */
@AutoConfiguration(after = MimicAutoConfiguration.class)
@ConditionalOnClass({CsrfFilter.class, Filter.class})
@ConditionalOnBean(Mimic.class)
class MimicSecurityAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "mimicCsrfFilter")
    FilterRegistrationBean<Filter> mimicCsrfFilter(Mimic mimic) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            if (request instanceof HttpServletRequest http) {
                CsrfFilter.skipRequest(http);
            }
            chain.doFilter(request, response);
        });
        registration.setEnabled(MimicAutoConfiguration.hostDecides(mimic));
        registration.addUrlPatterns(MimicAutoConfiguration.mount(mimic));
        registration.setOrder(MimicAutoConfiguration.FILTER_ORDER + 1);
        return registration;
    }
}
