package io.mimic.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of Jakarta Faces, which need the expression language that comes with JSP. */
@Tag("slow")
@Tag("jsp")
class FaceletsTest {
    private static final String FACES = """
            <listener><listener-class>com.sun.faces.config.ConfigureListener</listener-class></listener>
            <servlet><servlet-name>faces</servlet-name><servlet-class>jakarta.faces.webapp.FacesServlet</servlet-class></servlet>
            <servlet-mapping><servlet-name>faces</servlet-name><url-pattern>*.xhtml</url-pattern></servlet-mapping>
            """;

    @TempDir
    static Path work;

    @Test
    void faceletGetsOneTag() throws Exception {
        try (Container container = Container.start(work)) {
            container.deploy(
                    "/host",
                    new HostWebapp(work.resolve("host")).faces().xml(FACES).build());
            Client host = Client.of(container, "/host");
            host.awaitRecording();

            Client.Answer page = host.navigate("/facelet.xhtml");

            assertThat(page.status()).as(page.text()).isEqualTo(200);
            assertThat(page.text())
                    .containsOnlyOnce("/host/mimic/recorder.js")
                    .contains("two &amp; three, Grüße", "id=\"form:name\"", "</html>");
            assertThat(host.fetch("/facelet.xhtml").text()).doesNotContain("recorder.js");
        }
    }
}
