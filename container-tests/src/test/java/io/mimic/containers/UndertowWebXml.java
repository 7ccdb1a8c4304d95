package io.mimic.containers;

import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.annotation.HandlesTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Undertow alone reads no web.xml and looks for no initializer: WildFly does. This does what of it the host webapp needs. */
final class UndertowWebXml {
    private final DeploymentInfo info = Servlets.deployment().setDeploymentName("host");
    private final ClassLoader loader;
    private final Document xml;

    private UndertowWebXml(Path folder, ClassLoader loader) throws Exception {
        this.loader = loader;
        xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("WEB-INF/web.xml").toFile());
        info.setClassLoader(loader).setResourceManager(new PathResourceManager(folder.toAbsolutePath()));
    }

    static DeploymentInfo read(Path folder, ClassLoader loader) throws Exception {
        UndertowWebXml reading = new UndertowWebXml(folder, loader);
        reading.parameters();
        reading.servlets();
        reading.filters();
        reading.errorPages();
        reading.initializers(folder.resolve("WEB-INF/classes"));
        reading.login();
        return reading.info;
    }

    private void parameters() {
        for (Element parameter : elements("context-param")) {
            info.addInitParameter(text(parameter, "param-name"), text(parameter, "param-value"));
        }
    }

    private void servlets() throws Exception {
        for (Element declared : elements("servlet")) {
            String name = text(declared, "servlet-name");
            ServletInfo servlet = Servlets.servlet(
                    name, loader.loadClass(text(declared, "servlet-class")).asSubclass(Servlet.class));
            servlet.setAsyncSupported(Boolean.parseBoolean(text(declared, "async-supported")));
            for (Element mapping : elements("servlet-mapping")) {
                if (text(mapping, "servlet-name").equals(name)) {
                    servlet.addMapping(text(mapping, "url-pattern"));
                }
            }
            info.addServlet(servlet);
        }
    }

    private void filters() throws Exception {
        for (Element declared : elements("filter")) {
            FilterInfo filter = Servlets.filter(
                    text(declared, "filter-name"),
                    loader.loadClass(text(declared, "filter-class")).asSubclass(Filter.class));
            filter.setAsyncSupported(Boolean.parseBoolean(text(declared, "async-supported")));
            for (Element parameter : within(declared, "init-param")) {
                filter.addInitParam(text(parameter, "param-name"), text(parameter, "param-value"));
            }
            info.addFilter(filter);
        }
        for (Element mapping : elements("filter-mapping")) {
            List<String> dispatchers = new ArrayList<>();
            for (Element dispatcher : within(mapping, "dispatcher")) {
                dispatchers.add(dispatcher.getTextContent().trim());
            }
            for (String dispatcher : dispatchers.isEmpty() ? List.of("REQUEST") : dispatchers) {
                info.addFilterUrlMapping(
                        text(mapping, "filter-name"), text(mapping, "url-pattern"), DispatcherType.valueOf(dispatcher));
            }
        }
    }

    private void errorPages() throws Exception {
        for (Element page : elements("error-page")) {
            String code = text(page, "error-code");
            if (code.isEmpty()) {
                Class<?> type = loader.loadClass(text(page, "exception-type"));
                info.addErrorPage(Servlets.errorPage(text(page, "location"), type.asSubclass(Throwable.class)));
            } else {
                info.addErrorPage(Servlets.errorPage(text(page, "location"), Integer.parseInt(code)));
            }
        }
    }

    private void initializers(Path classes) throws Exception {
        for (ServletContainerInitializer one : ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            HandlesTypes handled = one.getClass().getAnnotation(HandlesTypes.class);
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                    one.getClass(),
                    new ImmediateInstanceFactory<>(one),
                    handled == null ? Set.of() : subtypes(classes, handled.value())));
        }
    }

    private Set<Class<?>> subtypes(Path classes, Class<?>... of) throws Exception {
        Set<Class<?>> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                if (name.endsWith("-info.class")) {
                    continue;
                }
                Class<?> type = loader.loadClass(name.substring(0, name.length() - ".class".length()));
                if (Arrays.stream(of).anyMatch(wanted -> wanted.isAssignableFrom(type))) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    private void login() {
        for (Element login : elements("login-config")) {
            info.setLoginConfig(new LoginConfig(
                    text(login, "auth-method"),
                    text(login, "realm-name"),
                    text(login, "form-login-page"),
                    text(login, "form-error-page")));
        }
    }

    private List<Element> elements(String name) {
        return within(xml.getDocumentElement(), name);
    }

    private static List<Element> within(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = within(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
    }
}
