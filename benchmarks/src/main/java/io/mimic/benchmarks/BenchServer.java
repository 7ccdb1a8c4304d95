package io.mimic.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** An embedded Tomcat on a free loopback port with one servlet, and one filter before it or none. */
final class BenchServer implements PageServer {
    private final Tomcat tomcat = new Tomcat();

    BenchServer(Path folder, HttpServlet servlet, @Nullable Filter filter) {
        Logger.getLogger("org.apache").setLevel(Level.WARNING);
        try {
            tomcat.setBaseDir(Files.createDirectories(folder).toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
            Context context = tomcat.addContext("", folder.toAbsolutePath().toString());
            Tomcat.addServlet(context, "app", servlet);
            context.addServletMappingDecoded("/", "app");
            if (filter != null) {
                add(context, filter);
            }
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("The benchmark's server could not start.", e);
        }
    }

    private static void add(Context context, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("filter");
        map.addURLPattern("/*");
        map.setDispatcher(DispatcherType.REQUEST.name());
        context.addFilterMap(map);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The benchmark's server could not stop.", e);
        }
    }
}
