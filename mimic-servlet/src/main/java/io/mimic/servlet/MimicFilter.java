package io.mimic.servlet;

import io.mimic.ConfigException;
import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.MimicSetting;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hosts MIMIC in a webapp: answers everything below the mount path itself and lets everything else pass, putting the recorder's tag into
 * pages where that is wanted.
 *
 * <p>Belongs before every other filter that may refuse a request, mapped to {@code /*} for {@link #dispatcherTypes()}, with
 * {@code async-supported}. Registers itself in a plain servlet container; a webapp that maps it in its {@code web.xml} decides instead.
 * Never fails the start of its host: a wrong setting is logged once, told by {@code {mount}/api/health}, and nothing is recorded.
 */
public final class MimicFilter implements Filter {
    private static final System.Logger LOG = System.getLogger(MimicFilter.class.getName());
    private static final String RUNNING = MimicFilter.class.getName() + ".running";

    private final @Nullable Mimic given;
    private final boolean givesWay;
    private @Nullable Refusal refusal;
    private @Nullable Mimic owned;
    private @Nullable ServletContext claimed;
    private volatile boolean behindHost;
    private volatile @Nullable HostedMimic hosted;

    /** For a container: reads the settings of the webapp, starts MIMIC with it and closes it with it. */
    public MimicFilter() {
        this(null, false);
    }

    /** For a host that starts MIMIC itself, and closes it after this filter. */
    public MimicFilter(Mimic mimic) {
        this(mimic, false);
    }

    private MimicFilter(@Nullable Mimic given, boolean givesWay) {
        this.given = given;
        this.givesWay = givesWay;
    }

    /**
     * For a host whose settings are wrong: records nothing, and {@code {path}/api/health} names the settings.
     *
     * @param reason what is wrong and what would be right; of it only the settings' names are public, so the caller logs it
     * @param path where MIMIC was to be mounted, as of {@link MimicSetting#PATH}
     */
    public static MimicFilter refusing(String reason, String path) {
        MimicFilter filter = new MimicFilter();
        filter.refusal = new Refusal(reason, path);
        return filter;
    }

    /** For self-registration: another registration of this filter wins. */
    static MimicFilter selfRegistered() {
        return new MimicFilter(null, true);
    }

    /** What answers in this webapp; null when nothing does. */
    static @Nullable HostedMimic hosted(ServletContext context) {
        return context.getAttribute(RUNNING) instanceof MimicFilter filter ? filter.hosted : null;
    }

    /** The dispatches that this filter has to be mapped to. */
    public static EnumSet<DispatcherType> dispatcherTypes() {
        return EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD);
    }

    @Override
    public void init(FilterConfig filter) {
        ServletContext context = filter.getServletContext();
        if ((givesWay && registeredOtherwise(filter)) || !claim(context)) {
            LOG.log(
                    Level.INFO,
                    "MIMIC is registered twice in \"{0}\"; this registration gives way.",
                    context.getContextPath());
            return;
        }
        if (refusal != null) {
            refuse(refusal.reason(), refusal.path());
            return;
        }
        behindHost = MimicDashboardFilter.registeredIn(context);
        try {
            hosted = start(filter);
        } catch (ConfigException e) {
            String reason = String.valueOf(e.getMessage());
            LOG.log(Level.ERROR, "MIMIC does not record: {0}", reason);
            refuse(reason, mountPath(filter));
        } catch (RuntimeException | LinkageError e) {
            // whatever it is, the host starts
            LOG.log(Level.ERROR, "MIMIC does not record, since it could not start.", e);
            refuse("MIMIC could not start; the log has the cause.", mountPath(filter));
        }
    }

    private void refuse(String reason, String path) {
        closeOwned();
        hosted = HostedMimic.refusing(reason, path);
    }

    private String mountPath(FilterConfig filter) {
        MimicConfig config = given == null ? Settings.readable(filter, System::getenv) : given.config();
        return config.get(MimicSetting.PATH);
    }

    private @Nullable HostedMimic start(FilterConfig filter) {
        Mimic mimic = given;
        if (mimic == null) {
            MimicConfig config = Settings.read(filter, System::getenv);
            if (!config.get(MimicSetting.ENABLED)) {
                return null;
            }
            mimic = Mimic.builder(config)
                    .context(filter.getServletContext().getContextPath())
                    .start();
            owned = mimic;
        }
        ClassLoader loader = filter.getServletContext().getClassLoader();
        return HostedMimic.running(mimic, Optional.ofNullable(loader).orElse(MimicFilter.class.getClassLoader()));
    }

    private static boolean registeredOtherwise(FilterConfig filter) {
        return registeredOtherwise(filter, MimicFilter.class);
    }

    /** Whether a filter of this class is registered under another name too. */
    static boolean registeredOtherwise(FilterConfig filter, Class<?> type) {
        for (FilterRegistration other :
                filter.getServletContext().getFilterRegistrations().values()) {
            if (type.getName().equals(other.getClassName()) && !other.getName().equals(filter.getFilterName())) {
                return true;
            }
        }
        return false;
    }

    private boolean claim(ServletContext context) {
        synchronized (MimicFilter.class) {
            if (context.getAttribute(RUNNING) != null) {
                return false;
            }
            context.setAttribute(RUNNING, this);
            claimed = context;
            return true;
        }
    }

    @Override
    public void destroy() {
        HostedMimic mimic = hosted;
        hosted = null;
        if (mimic != null) {
            mimic.close();
        }
        ServletContext context = claimed;
        claimed = null;
        if (context != null) {
            context.removeAttribute(RUNNING);
        }
        closeOwned();
    }

    private void closeOwned() {
        Mimic closing = owned;
        owned = null;
        if (closing != null) {
            closing.close();
            Drivers.deregisterOwn(MimicFilter.class.getClassLoader());
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HostedMimic mimic = hosted;
        if (mimic == null
                || !(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        if (httpRequest.getDispatcherType() == DispatcherType.REQUEST) {
            String below = mimic.below(httpRequest);
            if (below != null) {
                if (behindHost && mimic.waitsForHost(httpRequest, below)) {
                    chain.doFilter(request, response);
                } else {
                    mimic.answer(httpRequest, httpResponse, below);
                }
                return;
            }
        }
        HostRequest watched = mimic.watched(httpRequest, httpResponse);
        if (watched == null) {
            pass(mimic, httpRequest, httpResponse, chain);
        } else {
            watch(watched, mimic, httpRequest, httpResponse, chain);
        }
        DispatcherType dispatch = httpRequest.getDispatcherType();
        if (dispatch == DispatcherType.REQUEST || dispatch == DispatcherType.ASYNC) {
            mimic.answered(httpRequest, httpResponse);
        }
    }

    private static void watch(
            HostRequest watched,
            HostedMimic mimic,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        HostRequest before = watched.enter();
        try {
            pass(mimic, request, response, chain);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            watched.failed(e);
            throw e;
        } finally {
            watched.leave(before);
        }
    }

    private static void pass(
            HostedMimic mimic, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        InjectingResponse outer = InjectingResponse.around(response);
        DispatcherType dispatch = request.getDispatcherType();
        if (outer != null) {
            chain.doFilter(request, response);
            if (dispatch == DispatcherType.FORWARD || dispatch == DispatcherType.ASYNC) {
                // a container may close the answer as soon as this dispatch returns, past every wrapper
                outer.dispatchEnded();
            }
        } else if (dispatch == DispatcherType.FORWARD || dispatch == DispatcherType.INCLUDE) {
            chain.doFilter(request, response);
        } else {
            inject(mimic.injecting(request, response), request, chain);
        }
    }

    private static void inject(HttpServletResponse response, HttpServletRequest request, FilterChain chain)
            throws IOException, ServletException {
        if (!(response instanceof InjectingResponse injecting)) {
            chain.doFilter(request, response);
            return;
        }
        boolean returned = false;
        try {
            chain.doFilter(request, injecting);
            returned = true;
        } finally {
            if (returned) {
                injecting.dispatchEnded();
            } else {
                injecting.dispatchFailed();
            }
        }
    }

    /** Path within the context, decoded and normalised by the container; of an error page, the path that failed. */
    static String path(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.ERROR
                && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                && failed.startsWith(request.getContextPath())) {
            return failed.substring(request.getContextPath().length());
        }
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    private record Refusal(String reason, String path) {}
}
