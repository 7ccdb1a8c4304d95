package io.mimic.containers;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Undertow's servlet part, which WildFly builds on. */
final class UndertowContainer implements Container {
    private final PathHandler webapps = new PathHandler();
    private final Undertow server;
    private final List<Deployment> deployed = new ArrayList<>();

    UndertowContainer(Path work) {
        HttpHandler compressing = new EncodingHandler(
                webapps, new ContentEncodingRepository().addEncodingHandler("gzip", new GzipEncodingProvider(), 50));
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(compressing)
                .build();
        server.start();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public boolean compilesJsp() {
        return false;
    }

    @Override
    public Deployment deploy(String context, Path folder) throws Exception {
        WebappLoader loader = WebappLoader.of(folder);
        DeploymentInfo info = UndertowWebXml.read(folder, loader).setContextPath(context);
        DeploymentManager manager = Servlets.newContainer().addDeployment(info);
        manager.deploy();
        webapps.addPrefixPath(context, manager.start());
        Deployment deployment = new Deployment() {
            @Override
            public ClassLoader loader() {
                return loader;
            }

            @Override
            public void undeploy() throws Exception {
                deployed.remove(this);
                webapps.removePrefixPath(context);
                manager.stop();
                manager.undeploy();
                info.getResourceManager().close(); // it watches the folder
                loader.close();
            }
        };
        deployed.add(deployment);
        return deployment;
    }

    @Override
    public void close() throws Exception {
        for (Deployment one : List.copyOf(deployed)) {
            one.undeploy();
        }
        server.stop();
    }
}
