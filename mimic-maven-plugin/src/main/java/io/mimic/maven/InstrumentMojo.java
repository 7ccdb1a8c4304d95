package io.mimic.maven;

import com.fasterxml.jackson.jr.ob.JSON;
import io.mimic.ConfigException;
import io.mimic.MimicConfig;
import io.mimic.RecorderSettings;
import io.mimic.maven.Collector.CollectorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Puts the recorder into the app's pages: its files into a folder beside them, and two script tags into each. Called by hand it works on the
 * sources in place; bound to the build it works on what is packaged and leaves the sources alone.
 */
@Mojo(
        name = "instrument",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresProject = false,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.NONE)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class InstrumentMojo extends PagesMojo {
    private static final Set<String> HOSTS = Set.of(
            "mimic-core",
            "mimic-servlet",
            "mimic-dashboard",
            "mimic-spring-autoconfigure",
            "mimic-spring-boot-starter");

    /**
     * Where MIMIC is: same-origin, when the app itself has it, or collector. By default told by the module's dependencies and by
     * mimic.collector.
     */
    @Parameter(property = "mimic.mode")
    String mode = "";

    /**
     * Id of the server in settings.xml with the project's name (username) and password, and the registration token (passphrase).
     */
    @Parameter(property = "mimic.server", defaultValue = "mimic")
    String server;

    /** Settings of the recorder, under the names of docs/wire.md, such as privacy or maskSelectors. */
    @Parameter
    Map<String, String> settings = new HashMap<>();

    private final SettingsDecrypter decrypter;

    /** Called by Maven. */
    @Inject
    public InstrumentMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(List<Place> places, Report report) throws IOException, MojoFailureException {
        if (!anyPage(places)) {
            return;
        }
        try {
            ProjectFile file = ProjectFile.read(projectFile());
            Registration registration = new Registration(inputs(), terminal(), client());
            Identity identity = new IdentitySource(file, inputs(), registration, getLog()::info).find(mode(), !dryRun);
            RecorderFiles files = RecorderFiles.load(identity.project(), settingsJson(file, identity));
            edit(places, report, PageEditor.instrumenting(files, options(identity.origin())), files, !dryRun);
        } catch (CollectorException | ConfigException e) {
            throw new MojoFailureException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Nobody is asked for a project that has no page. */
    private boolean anyPage(List<Place> places) throws IOException {
        Report found = new Report();
        edit(places, found, PageEditor.uninstrumenting(options(null)), null, false);
        return !found.isEmpty();
    }

    private Path projectFile() {
        boolean module = hasPom() && !project.getPackaging().equals("pom");
        Path beside = base().resolve(ProjectFile.NAME);
        return module && !Files.exists(beside)
                ? base().resolve("src/main/resources").resolve(ProjectFile.NAME)
                : beside;
    }

    private IdentitySource.Mode mode() throws MojoFailureException {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "same-origin" -> IdentitySource.Mode.SAME_ORIGIN;
            case "collector" -> IdentitySource.Mode.COLLECTOR;
            case "" -> hasMimic() ? IdentitySource.Mode.APP_HAS_MIMIC : IdentitySource.Mode.UNKNOWN;
            default ->
                throw new MojoFailureException("mimic.mode is \"" + mode + "\"; it must be same-origin or collector.");
        };
    }

    private boolean hasMimic() {
        return project.getDependencies().stream()
                .anyMatch(dependency ->
                        dependency.getGroupId().equals("io.mimic") && HOSTS.contains(dependency.getArtifactId()));
    }

    private String settingsJson(ProjectFile file, Identity identity) throws IOException {
        MimicConfig config = MimicConfig.from(key -> file.text(key));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("project", identity.project());
        all.put("endpoint", identity.endpoint());
        if (identity.origin() != null) {
            all.put("crossOrigin", true);
        }
        all.putAll(RecorderSettings.of(config));
        new TreeMap<>(settings).forEach((name, value) -> all.put(name, value(value)));
        return ascii(JSON.std.asString(all));
    }

    /** Settings in a pom are text; what reads as JSON is meant as JSON. */
    private static Object value(String text) {
        try {
            Object value = JSON.std.anyFrom(text);
            return value == null ? text : value;
        } catch (IOException e) {
            return text;
        }
    }

    private static String ascii(String json) {
        return json.chars()
                .mapToObj(c -> c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    private Inputs inputs() {
        Properties properties = new Properties();
        properties.putAll(project.getProperties());
        properties.putAll(session.getUserProperties());
        return new Inputs(properties, System.getenv(), serverValues());
    }

    private Map<String, String> serverValues() {
        Server found = session.getSettings().getServer(server);
        if (found == null) {
            return Map.of();
        }
        Server plain =
                decrypter.decrypt(new DefaultSettingsDecryptionRequest(found)).getServer();
        Map<String, String> values = new HashMap<>();
        putIfSet(values, Inputs.PROJECT, plain.getUsername());
        putIfSet(values, Inputs.PASSWORD, plain.getPassword());
        putIfSet(values, Inputs.TOKEN, plain.getPassphrase());
        return values;
    }

    private static void putIfSet(Map<String, String> values, String name, String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
        Proxy proxy = session.getSettings().getActiveProxy();
        ProxySelector selector = proxy == null
                ? ProxySelector.getDefault()
                : new SettingsProxy(new InetSocketAddress(proxy.getHost(), proxy.getPort()), proxy.getNonProxyHosts());
        return builder.proxy(selector).build();
    }
}
