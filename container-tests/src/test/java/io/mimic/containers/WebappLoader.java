package io.mimic.containers;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Classes of a webapp first, then the container's, as every servlet container has it. */
final class WebappLoader extends URLClassLoader {
    private WebappLoader(URL[] places) {
        super(places, WebappLoader.class.getClassLoader());
    }

    static WebappLoader of(Path webapp) throws IOException {
        List<URL> places = new ArrayList<>();
        places.add(webapp.resolve("WEB-INF/classes").toUri().toURL());
        try (Stream<Path> jars = Files.list(webapp.resolve("WEB-INF/lib"))) {
            for (Path jar : jars.sorted().toList()) {
                places.add(jar.toUri().toURL());
            }
        }
        return new WebappLoader(places.toArray(URL[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && !name.startsWith("java.") && !name.startsWith("jakarta.")) {
                known = own(name);
            }
            return known == null ? super.loadClass(name, resolve) : known;
        }
    }

    private Class<?> own(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null; // the container's
        }
    }
}
