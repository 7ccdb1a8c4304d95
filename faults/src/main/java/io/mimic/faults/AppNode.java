package io.mimic.faults;

import io.mimic.Mimic;
import io.mimic.MimicConfig;
import io.mimic.servlet.MimicFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * The process of one app node: a host with one page in a Tomcat, and MIMIC in it, configured by system properties. A line {@code MS} on its
 * input sets its clock off by so much; it ends when its input does, so that it never outlives the harness.
 */
final class AppNode {
    static final String PORT = "faults.port";
    static final String FOLDER = "faults.folder";
    static final String CLOCK = "faults.clock";

    private AppNode() {}

    public static void main(String[] arguments) throws Exception {
        MovableClock clock = new MovableClock(Long.getLong(CLOCK, 0));
        Mimic mimic = Mimic.builder(MimicConfig.from(System::getProperty))
                .clock(clock)
                .start();
        serve(mimic, clock);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                clock.offset(Long.parseLong(line));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void serve(Mimic mimic, Clock clock) throws LifecycleException {
        Path folder = Path.of(System.getProperty(FOLDER));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(Integer.getInteger(PORT));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", "60");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getConnector().setProperty("maxConnections", "20000");
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "host", new HostPage(clock));
        context.addServletMappingDecoded("/", "host");
        FilterDef filter = new FilterDef();
        filter.setFilterName("mimic");
        filter.setFilter(new MimicFilter(mimic));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("mimic");
        map.addURLPattern("/*");
        for (DispatcherType type : MimicFilter.dispatcherTypes()) {
            map.setDispatcher(type.name());
        }
        context.addFilterMap(map);
        tomcat.start();
    }

    /** The host's own page: answers what it was asked, and the node's time. */
    private static final class HostPage extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Clock clock;

        HostPage(Clock clock) {
            this.clock = clock;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String order = String.valueOf(request.getParameter("order"));
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("X-Node-Time", String.valueOf(clock.millis()));
            response.getWriter()
                    .append("<!doctype html><html><head><title>Shop</title></head><body><p>Order ")
                    .append(order.replaceAll("[^0-9a-z]", ""))
                    .append(" is on its way.</p></body></html>");
        }
    }
}
