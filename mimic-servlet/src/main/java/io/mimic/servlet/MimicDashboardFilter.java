package io.mimic.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * The second half of {@link MimicFilter} with {@code mimic.dashboard.auth=host}: answers the dashboard's pages and API once the host's own
 * filters have found out who asks, and lets everything else pass.
 *
 * <p>Belongs behind every filter that logs somebody in, mapped to {@code /*} or to the mount path. Registers itself in a plain servlet
 * container, behind the filters of {@code web.xml}; a webapp that maps {@link MimicFilter} itself and has filters that log people in maps
 * this one too.
 */
public final class MimicDashboardFilter implements Filter {
    private static final System.Logger LOG = System.getLogger(MimicDashboardFilter.class.getName());

    private final boolean givesWay;
    private volatile boolean active = true;

    public MimicDashboardFilter() {
        this(false);
    }

    private MimicDashboardFilter(boolean givesWay) {
        this.givesWay = givesWay;
    }

    /** For self-registration: another registration of this filter wins. */
    static MimicDashboardFilter selfRegistered() {
        return new MimicDashboardFilter(true);
    }

    static boolean registeredIn(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .anyMatch(filter -> MimicDashboardFilter.class.getName().equals(filter.getClassName()));
    }

    @Override
    public void init(FilterConfig filter) {
        active = !givesWay || !MimicFilter.registeredOtherwise(filter, MimicDashboardFilter.class);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (active
                && request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && httpRequest.getDispatcherType() == DispatcherType.REQUEST) {
            HostedMimic mimic = MimicFilter.hosted(httpRequest.getServletContext());
            String below = mimic == null ? null : mimic.below(httpRequest);
            if (mimic != null && below != null && mimic.waitsForHost(httpRequest, below)) {
                if (!asks(httpRequest) || known(httpRequest, httpResponse)) {
                    mimic.answer(httpRequest, httpResponse, below);
                }
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Whether somebody opens a page whom the host does not know yet. */
    private static boolean asks(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getUserPrincipal() == null
                && request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html");
    }

    /** Has the host ask who it is; false when it has answered: by its login page, or a challenge. */
    private static boolean known(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.authenticate(response)) {
                return true;
            }
        } catch (ServletException e) {
            LOG.log(Level.DEBUG, "The host has no login of its own to ask with.", e);
        }
        // a container without a login may say no and answer nothing: the page tells what is missing
        return !response.isCommitted() && response.getStatus() == HttpServletResponse.SC_OK;
    }
}
