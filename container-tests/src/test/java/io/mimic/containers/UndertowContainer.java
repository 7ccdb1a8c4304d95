package io.mimic.containers;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
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
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                // on two cores it has 16, fewer than others and than batches may be read at once
                .setWorkerThreads(64)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(compressing)
                .build();
        server.start();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public boolean asksWithoutConstraint() {
        return true;
    }

    @Override
    public Deployment deploy(String context, Path folder) throws Exception {
        WebappLoader loader = WebappLoader.of(folder);
        DeploymentInfo info = UndertowWebXml.read(folder, loader).setContextPath(context);
        info.setIdentityManager(new Anna());
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

    private static final class Anna implements IdentityManager {
        @Override
        public Account verify(Account account) {
            return account; // of her HTTP session
        }

        @Override
        public @Nullable Account verify(String id, Credential credential) {
            return id.equals("anna")
                            && credential instanceof PasswordCredential password
                            && new String(password.getPassword()).equals("kettle")
                    ? new Known(() -> "anna", Set.of("support"))
                    : null;
        }

        @Override
        public @Nullable Account verify(Credential credential) {
            return null;
        }
    }

    private record Known(Principal principal, Set<String> roles) implements Account {
        @Override
        public Principal getPrincipal() {
            return principal;
        }

        @Override
        public Set<String> getRoles() {
            return roles;
        }
    }
}
