package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecorderSettingsTest {
    private static Map<String, Object> of(Map<String, String> values) {
        return RecorderSettings.of(MimicConfig.from(values::get));
    }

    @Test
    void nothingIsToldThatTheRecorderAssumesAnyway() {
        assertThat(of(Map.of())).isEmpty();
        assertThat(of(Map.of("mimic.recording.mode", "session", "mimic.recording.memory-mb", "8")))
                .isEmpty();
    }

    @Test
    void settingsReachTheRecorderUnderTheirNamesOnTheWire() {
        Map<String, Object> told = of(Map.of(
                "mimic.recording.mode", "error-buffer",
                "mimic.sampling", "0.25",
                "mimic.recording.headers", "true",
                "mimic.recording.bodies", "true",
                "mimic.recording.websocket-payloads", "true",
                "mimic.recording.canvas-fps", "4",
                "mimic.recording.memory-mb", "2",
                "mimic.privacy", "strict",
                "mimic.privacy.mask", ".patient, #name"));
        assertThat(told)
                .containsEntry("mode", "error-buffer")
                .containsEntry("sampling", 0.25)
                .containsEntry("network", Map.of("headers", true, "bodies", true, "websocketPayloads", true))
                .containsEntry("canvas", Map.of("fps", 4))
                .containsEntry("maxMemory", 2 * 1024 * 1024)
                .containsEntry("privacy", "strict")
                .containsEntry("maskSelectors", List.of(".patient", "#name"))
                .hasSize(7);
    }

    @Test
    void whatTheRecorderCouldNotUseIsRefusedAtTheStart() {
        assertThatThrownBy(() -> of(Map.of("mimic.recording.canvas-fps", "31")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("mimic.recording.canvas-fps", "31", "a whole number from 0 to 30");
        assertThatThrownBy(() -> of(Map.of("mimic.recording.mode", "sometimes")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("mimic.recording.mode", "sometimes", "session, error-buffer");
    }
}
