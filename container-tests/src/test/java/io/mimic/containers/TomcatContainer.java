package io.mimic.containers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Tomcat 10.1 or 11, whichever is on the class path. */
final class TomcatContainer implements Container {
    private static final String WITHOUT_TAG_LIBRARIES =
            "a*.jar,b*.jar,c*.jar,f*.jar,j*.jar,maxmind*.jar,o*.jar,sqlite*.jar,t*.jar,u*.jar,x*.jar";

    private final Tomcat tomcat = new Tomcat();

    TomcatContainer(Path work) throws Exception {
        // looks for tag libraries in every jar, seconds at each start
        System.setProperty("tomcat.util.scan.StandardJarScanFilter.jarsToSkip", WITHOUT_TAG_LIBRARIES);
        tomcat.setBaseDir(Files.createDirectories(work.resolve("tomcat")).toString());
        tomcat.setHostname("localhost");
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("compression", "on");
        connector.setProperty("compressionMinSize", "0");
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.getHost();
        tomcat.addUser("anna", "kettle");
        tomcat.addRole("anna", "support");
        tomcat.start();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public boolean asksWithoutConstraint() {
        return true;
    }

    @Override
    public Deployment deploy(String context, Path folder) {
        Context webapp = tomcat.addWebapp(context, folder.toAbsolutePath().toString());
        if (!webapp.getState().isAvailable()) {
            throw new IllegalStateException("The webapp did not start: " + webapp.getStateName());
        }
        ClassLoader loader = webapp.getLoader().getClassLoader();
        return new Deployment() {
            @Override
            public ClassLoader loader() {
                return loader;
            }

            @Override
            public void undeploy() throws Exception {
                webapp.stop();
                tomcat.getHost().removeChild(webapp);
            }
        };
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
