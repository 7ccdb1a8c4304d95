package io.mimic.containers;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.security.Credential;

/** Jetty 12 with Jakarta EE 10. */
final class JettyContainer implements Container {
    private final Server server = new Server();
    private final HttpConfiguration http = new HttpConfiguration();
    private final ServerConnector connector =
            new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    private final ContextHandlerCollection webapps = new ContextHandlerCollection(true);
    private final Path work;

    JettyContainer(Path work) throws Exception {
        this.work = work;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        GzipHandler gzip = new GzipHandler(webapps);
        gzip.setMinGzipSize(0);
        server.setHandler(gzip);
        UserStore users = new UserStore();
        users.addUser("anna", Credential.getCredential("kettle"), new String[] {"support"});
        HashLoginService login = new HashLoginService("host");
        login.setUserStore(users);
        server.addBean(login);
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public boolean asksWithoutConstraint() {
        return false;
    }

    @Override
    public Deployment deploy(String context, Path folder) throws Exception {
        WebAppContext webapp = new WebAppContext();
        webapp.setContextPath(context);
        webapp.setWar(folder.toUri().toString());
        webapp.setTempDirectory(work.resolve("jetty" + context).toFile());
        webapp.setThrowUnavailableOnStartupException(true);
        webapps.addHandler(webapp);
        webapp.start();
        webapps.manage(webapp); // as its deployer does, so that it stops with the server
        ClassLoader loader = webapp.getClassLoader();
        return new Deployment() {
            @Override
            public ClassLoader loader() {
                return loader;
            }

            @Override
            public void undeploy() throws Exception {
                webapps.unmanage(webapp);
                webapp.stop();
                webapps.removeHandler(webapp);
                webapp.destroy();
            }
        };
    }

    @Override
    public void close() throws Exception {
        server.stop();
        server.destroy();
    }
}
