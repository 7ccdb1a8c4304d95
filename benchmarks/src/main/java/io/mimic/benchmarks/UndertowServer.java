package io.mimic.benchmarks;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What {@link BenchServer} is, in Undertow. */
final class UndertowServer implements PageServer {
    private final Undertow server;
    private final DeploymentManager deployment;

    UndertowServer(HttpServlet servlet, @Nullable Filter filter) {
        Logger.getLogger("io.undertow").setLevel(Level.WARNING);
        Logger.getLogger("org.xnio").setLevel(Level.WARNING);
        DeploymentInfo webapp = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("benchmark")
                .addServlet(Servlets.servlet("app", servlet.getClass(), always(servlet))
                        .addMapping("/"));
        if (filter != null) {
            FilterInfo info = Servlets.filter("filter", filter.getClass(), always(filter));
            webapp.addFilter(info.setAsyncSupported(true)).addFilterUrlMapping("filter", "/*", DispatcherType.REQUEST);
        }
        deployment = Servlets.newContainer().addDeployment(webapp);
        deployment.deploy();
        try {
            server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(deployment.start())
                    .build();
        } catch (ServletException e) {
            throw new IllegalStateException("The benchmark's server could not start.", e);
        }
        server.start();
    }

    private static <T> InstanceFactory<T> always(T one) {
        return () -> new ImmediateInstanceHandle<>(one);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
        try {
            deployment.stop();
        } catch (ServletException e) {
            throw new IllegalStateException("The benchmark's server could not stop.", e);
        }
        deployment.undeploy();
    }
}
