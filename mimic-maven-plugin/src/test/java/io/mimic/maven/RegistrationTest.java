package io.mimic.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mimic.maven.Collector.CollectorException;
import io.mimic.maven.IdentitySource.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as docs/wire.md has it: token first, then the form, then the name. */
class RegistrationTest {
    private static final String PASSWORD = "kettle-and-7-cups";

    @TempDir
    Path folder;

    private final Map<String, String> projects = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private final Set<String> origins = new LinkedHashSet<>();
    private volatile boolean throttled;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/mimic/api/health",
                exchange -> answer(
                        exchange,
                        503,
                        Map.of(
                                "status",
                                "DEGRADED",
                                "version",
                                "x",
                                "stores",
                                Map.of(),
                                "recording",
                                Map.of("enabled", true))));
        server.createContext("/mimic/api/projects", this::register);
        server.createContext("/", exchange -> answer(exchange, 404, Map.of("status", "other")));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForWhatIsMissingAndChecksEachBeforeTheNext() throws Exception {
        Script script = new Script(
                "ftp://x",
                "http://127.0.0.1:1/mimic",
                url() + "/wrong/place",
                url() + "/",
                "bad-token",
                "token",
                "shop",
                "short",
                PASSWORD,
                "www.example.org",
                "https://www.example.org, http://localhost:8000/");

        Identity identity = source(Map.of(), script).find(Mode.UNKNOWN, true);

        assertThat(identity.endpoint()).isEqualTo(url() + "/mimic/ingest");
        assertThat(identity.origin()).isEqualTo(url());
        assertThat(projects).containsEntry("shop", PASSWORD);
        assertThat(script.said)
                .anyMatch(line -> line.contains("https"))
                .anyMatch(line -> line.contains("cannot be reached"))
                .anyMatch(line -> line.contains("not answered by MIMIC"))
                .anyMatch(line -> line.contains("token"))
                .anyMatch(line -> line.contains("The password must"))
                .anyMatch(line -> line.contains("\"www.example.org\" is no origin"));
        assertThat(origins).containsExactly("https://www.example.org", "http://localhost:8000");
        assertThat(script.answers).isEmpty();
        assertThat(Files.readString(file()))
                .contains("mimic.project.id=" + identity.project())
                .contains("mimic.project.name=shop")
                .contains("mimic.collector=" + url() + "/mimic")
                .contains("mimic.origins=https://www.example.org,http://localhost:8000")
                .doesNotContain(PASSWORD)
                .doesNotContain("token");
        assertThat(String.join("\n", log) + script.said).doesNotContain(PASSWORD);
    }

    @Test
    void knowsTheProjectTheNextTime() throws Exception {
        Identity first = source(given(), null).find(Mode.COLLECTOR, true);
        server.stop(0);

        assertThat(source(Map.of(), null).find(Mode.UNKNOWN, true)).isEqualTo(first);
    }

    @Test
    void originsThatAreGivenLaterAreToldToo() throws Exception {
        source(given(), null).find(Mode.COLLECTOR, true);
        assertThat(log).anyMatch(line -> line.contains("names no origins"));
        log.clear();
        Map<String, String> more = new TreeMap<>(given());
        more.put(Inputs.ORIGINS, "https://www.example.org");

        source(more, null).find(Mode.COLLECTOR, true);

        assertThat(origins).containsExactly("https://www.example.org");
        assertThat(log).singleElement().asString().contains("is registered");
        server.stop(0);
        source(more, null).find(Mode.COLLECTOR, true);
    }

    @Test
    void originsOfLaterRunsJoinThoseOfBefore() throws Exception {
        Map<String, String> first = new TreeMap<>(given());
        first.put(Inputs.ORIGINS, "https://one.example");
        source(first, null).find(Mode.COLLECTOR, true);
        Map<String, String> second = new TreeMap<>(given());
        second.put(Inputs.ORIGINS, "https://two.example");
        source(second, null).find(Mode.COLLECTOR, true);

        assertThat(Files.readAllLines(file()))
                .filteredOn(line -> line.startsWith(Inputs.ORIGINS))
                .containsExactly("mimic.origins=https://one.example,https://two.example");
        server.stop(0);
        source(first, null).find(Mode.COLLECTOR, true);
        source(second, null).find(Mode.COLLECTOR, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/mimic", "/mimic/", " "})
    void anAddressThatLedThereOnceNeedsNoNetworkAgain(String end) throws Exception {
        Map<String, String> inputs = new TreeMap<>(given());
        inputs.put(Inputs.COLLECTOR, url() + end);
        Identity first = source(inputs, null).find(Mode.COLLECTOR, true);
        server.stop(0);

        assertThat(source(Map.of(Inputs.COLLECTOR, url() + end), null).find(Mode.UNKNOWN, true))
                .isEqualTo(first);
        assertThat(first.endpoint()).isEqualTo(url() + "/mimic/ingest");
    }

    @Test
    void whoIsToWaitIsToldHowLong() {
        throttled = true;

        assertThatThrownBy(() -> source(given(), null).find(Mode.COLLECTOR, true))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("Too many.")
                .hasMessageContaining("try again in 77 s");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aLineIsReplacedWhereItStands() throws Exception {
        Files.writeString(
                file(),
                "# mimic.origins=old\r\nmimic.origins = https://a.example,\\\r\n  https://b.example\r\n! end\r\n"
                        + "mimic.origins:https://c.example\r\nlast=1");

        ProjectFile.read(file()).set(Inputs.ORIGINS, "https://d.example");
        ProjectFile.read(file()).set("more", "2");

        assertThat(Files.readString(file()))
                .isEqualTo("# mimic.origins=old\r\nmimic.origins=https://d.example\r\n! end\r\nlast=1\r\nmore=2\r\n");
    }

    @Test
    void aLineThatCannotBeReadIsTold() throws Exception {
        Files.writeString(file(), "a=1\nb=2,\\\n 3\npath=C:\\users\n");

        assertThatThrownBy(() -> ProjectFile.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mimic.properties, line 4")
                .hasMessageContaining("four hexadecimal digits");
    }

    @Test
    void wrongOriginIsToldBeforeAnythingIsRegistered() {
        Map<String, String> inputs = new TreeMap<>(given());
        inputs.put(Inputs.ORIGINS, "https://good.example,bad.example");

        assertThatThrownBy(() -> source(inputs, null).find(Mode.COLLECTOR, true))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("mimic.origins")
                .hasMessageContaining("\"bad.example\"");
        assertThat(projects).isEmpty();
    }

    @Test
    void anExistingNameWithItsPasswordGivesItsId() throws Exception {
        Identity first = source(given(), null).find(Mode.COLLECTOR, true);
        Files.delete(file());

        assertThat(source(given(), null).find(Mode.COLLECTOR, true).project()).isEqualTo(first.project());
    }

    @Test
    void aTakenNameWithAnotherPasswordIsTold() throws Exception {
        source(given(), null).find(Mode.COLLECTOR, true);
        Files.delete(file());
        Map<String, String> wrong = new TreeMap<>(given());
        wrong.put(Inputs.PASSWORD, "another-password-8");

        assertThatThrownBy(() -> source(wrong, null).find(Mode.COLLECTOR, true))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("password is another");
        assertThat(file()).doesNotExist();
    }

    @Test
    void withoutATerminalEverythingThatIsMissingIsTold() {
        assertThatThrownBy(() -> source(Map.of(), null).find(Mode.UNKNOWN, true))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("mimic.collector (or MIMIC_COLLECTOR in the environment)")
                .hasMessageContaining("mimic.project")
                .hasMessageContaining("mimic.password");
        assertThat(file()).doesNotExist();
    }

    @Test
    void whoeverLeavesChangesNothing() {
        assertThatThrownBy(() -> source(Map.of(), new Script(url(), "quit")).find(Mode.UNKNOWN, true))
                .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> source(Map.of(), new Script()).find(Mode.UNKNOWN, true))
                .hasMessageContaining("nothing was changed");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://collector.example/mimic",
                "https://user@collector.example",
                "collector.example",
                "https://a b"
            })
    void aPasswordDoesNotTravelUnprotected(String address) {
        Map<String, String> inputs = new TreeMap<>(given());
        inputs.put(Inputs.COLLECTOR, address);

        assertThatThrownBy(() -> source(inputs, null).find(Mode.COLLECTOR, true))
                .isInstanceOf(CollectorException.class);
        assertThat(projects).isEmpty();
    }

    @Test
    void sameOriginNeedsNoNetworkAndKeepsItsId() throws Exception {
        server.stop(0);
        Identity first = source(Map.of(), null).find(Mode.APP_HAS_MIMIC, true);

        assertThat(first.project()).matches("p_[0-9a-f]{20}");
        assertThat(first.endpoint()).isEqualTo("../mimic/ingest");
        assertThat(source(Map.of(), null).find(Mode.SAME_ORIGIN, true)).isEqualTo(first);
    }

    @Test
    void whatIsInThePropertiesStays() throws Exception {
        Files.writeString(file(), "# ours\r\nmimic.path=/replay\r\nmimic.privacy=strict");

        Identity identity = source(Map.of(), null).find(Mode.SAME_ORIGIN, true);

        assertThat(identity.endpoint()).isEqualTo("../replay/ingest");
        assertThat(Files.readString(file()))
                .isEqualTo("# ours\r\nmimic.path=/replay\r\nmimic.privacy=strict\r\nmimic.project.id="
                        + identity.project() + "\r\n");
    }

    @Test
    void aDryRunRegistersAndWritesNothing() throws Exception {
        source(given(), null).find(Mode.COLLECTOR, false);
        source(Map.of(), null).find(Mode.SAME_ORIGIN, false);

        assertThat(projects).isEmpty();
        assertThat(file()).doesNotExist();
        assertThat(log)
                .anyMatch(line -> line.contains("would be registered at " + url() + "/mimic"))
                .anyMatch(line -> line.contains("id would be made"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "http://collector.example"})
    void aDryRunTellsWhatIsNoAddress(String address) {
        Map<String, String> inputs = new TreeMap<>(given());
        inputs.put(Inputs.COLLECTOR, address);

        assertThatThrownBy(() -> source(inputs, null).find(Mode.COLLECTOR, false))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("such as https://mimic.example.org/mimic");
    }

    private IdentitySource source(Map<String, String> inputs, Script script) throws IOException {
        Properties properties = new Properties();
        properties.putAll(inputs);
        Inputs given = new Inputs(properties, Map.of(), Map.of());
        Registration registration = new Registration(given, script, HttpClient.newHttpClient());
        return new IdentitySource(ProjectFile.read(file()), given, registration, log::add);
    }

    private Map<String, String> given() {
        return Map.of(
                Inputs.COLLECTOR,
                url() + "/mimic",
                Inputs.PROJECT,
                "shop",
                Inputs.PASSWORD,
                PASSWORD,
                Inputs.TOKEN,
                "token");
    }

    private Path file() {
        return folder.resolve("mimic.properties");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void register(HttpExchange exchange) throws IOException {
        Map<String, Object> body = JSON.std.mapFrom(exchange.getRequestBody());
        String name = (String) body.get("name");
        String password = (String) body.get("password");
        if (throttled) {
            exchange.getResponseHeaders().set("Retry-After", "77");
            answer(exchange, 429, Map.of("detail", "Too many."));
        } else if (!"Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, Map.of("detail", "The registration token is wrong."));
        } else if (name.isEmpty() || password.length() < 10) {
            answer(exchange, 400, Map.of("detail", "The password must have 10 characters.", "field", "password"));
        } else if (projects.containsKey(name) && !projects.get(name).equals(password)) {
            answer(exchange, 409, Map.of("detail", "There is a project of this name, and its password is another."));
        } else {
            projects.putIfAbsent(name, password);
            projects.putIfAbsent(name + " id", (String) body.get("id"));
            ((List<?>) body.get("origins")).forEach(origin -> origins.add((String) origin));
            answer(
                    exchange,
                    201,
                    Map.of("id", projects.get(name + " id"), "name", name, "origins", List.copyOf(origins)));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> json) throws IOException {
        byte[] body = JSON.std.asBytes(json);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Somebody with answers. */
    private static final class Script implements Terminal {
        private final Deque<String> answers;
        private final List<String> said = new ArrayList<>();

        Script(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public Optional<String> ask(String question) {
            said.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<String> askSecret(String question) {
            return ask(question);
        }
    }
}
