package io.mimic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mimic.archive.s3.S3Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ChoiceTest {
    private static final Map<String, String> ENOUGH = Map.of(
            "mimic.archive", "s3",
            "mimic.catalog", "postgresql",
            "mimic.s3.bucket", "replays",
            "mimic.s3.access-key", "key",
            "mimic.s3.secret-key", "not-to-be-shown");

    @ParameterizedTest
    @CsvSource({
        "mimic.s3.endpoint, minio:9000",
        "mimic.s3.endpoint, https://minio/replays",
        "mimic.s3.bucket, My_Bucket",
        "mimic.s3.prefix, /replays",
        "mimic.s3.prefix, a/../b",
        "mimic.s3.style, host",
        "mimic.s3.credentials, role",
        "mimic.s3.encryption, aes",
        "mimic.s3.connect-timeout, 0",
        "mimic.s3.timeout, soon",
        "mimic.s3.timeout, 2h",
        "mimic.s3.retries, -1",
        "mimic.s3.create-bucket, yes"
    })
    void wrongValueIsToldWithWhatWouldBeRight(String key, String value) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config(key, value))
                .withMessageContaining(key + " is \"" + value + "\"; it must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "mimic.s3.bucket, '', mimic.archive=s3",
        "mimic.s3.access-key, '', mimic.s3.credentials=static",
        "mimic.s3.secret-key, '', mimic.s3.credentials=static",
        "mimic.s3.encryption, kms, mimic.s3.kms-key"
    })
    void missingValueIsToldBeforeAnythingStarts(String key, String value, String told) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Mimic.start(config(key, value)))
                .withMessageContaining(told)
                .withMessageNotContaining("not-to-be-shown");
    }

    @Test
    void archiveInS3BesideAnEmbeddedCatalogIsRefused() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Mimic.start(config("mimic.catalog", "embedded")))
                .withMessageContaining("mimic.archive=s3")
                .withMessageContaining("mimic.catalog=postgresql")
                .withMessageContaining("mimic.single-node=true");
    }

    @Test
    void settingsReachTheArchive() {
        Map<String, String> all = new HashMap<>(ENOUGH);
        all.put("mimic.s3.endpoint", "http://minio:9000");
        all.put("mimic.s3.region", "eu-central-1");
        all.put("mimic.s3.prefix", "shop/replays");
        all.put("mimic.s3.style", "virtual-host");
        all.put("mimic.s3.create-bucket", "false");
        all.put("mimic.s3.encryption", "kms");
        all.put("mimic.s3.kms-key", "alias/replays");
        all.put("mimic.s3.connect-timeout", "2s");
        all.put("mimic.s3.timeout", "7s");
        all.put("mimic.s3.retries", "5");

        assertThat(S3Choice.settings(MimicConfig.from(all::get)))
                .isEqualTo(new S3Settings(
                        "http://minio:9000",
                        "eu-central-1",
                        "replays",
                        "shop/replays/",
                        S3Settings.Style.VIRTUAL_HOST,
                        false,
                        S3Settings.Credentials.STATIC,
                        "key",
                        "not-to-be-shown",
                        S3Settings.Encryption.KMS,
                        "alias/replays",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(7),
                        5));
    }

    private static MimicConfig config(String key, String value) {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put(key, value);
        return MimicConfig.from(settings::get);
    }
}
