package io.mimic;

import io.mimic.MimicSetting.S3Credentials;
import io.mimic.MimicSetting.S3Encryption;
import io.mimic.archive.s3.S3Settings;

/** The S3 archive as settings ask for it. */
final class S3Choice {
    private S3Choice() {}

    /** @throws ConfigException when a setting is missing that the others make necessary */
    static void check(MimicConfig config) {
        need(config, MimicSetting.S3_BUCKET, "mimic.archive=s3", "the bucket's name");
        if (config.get(MimicSetting.S3_CREDENTIALS) == S3Credentials.STATIC) {
            String needed = "mimic.s3.credentials=static";
            String right = "the key, or mimic.s3.credentials to environment or iam";
            need(config, MimicSetting.S3_ACCESS_KEY, needed, right);
            need(config, MimicSetting.S3_SECRET_KEY, needed, right);
        }
        if (config.get(MimicSetting.S3_ENCRYPTION) == S3Encryption.KMS) {
            need(config, MimicSetting.S3_KMS_KEY, "mimic.s3.encryption=kms", "the key's id");
        }
    }

    private static void need(MimicConfig config, MimicSetting<String> setting, String needed, String right) {
        if (config.get(setting).isEmpty()) {
            throw new ConfigException(
                    setting.key() + " is empty, but " + needed + " needs it. Set it to " + right + ".", null);
        }
    }

    static S3Settings settings(MimicConfig config) {
        return new S3Settings(
                config.get(MimicSetting.S3_ENDPOINT),
                config.get(MimicSetting.S3_REGION),
                config.get(MimicSetting.S3_BUCKET),
                config.get(MimicSetting.S3_PREFIX),
                S3Settings.Style.valueOf(config.get(MimicSetting.S3_STYLE).name()),
                config.get(MimicSetting.S3_CREATE_BUCKET),
                S3Settings.Credentials.valueOf(
                        config.get(MimicSetting.S3_CREDENTIALS).name()),
                config.get(MimicSetting.S3_ACCESS_KEY),
                config.get(MimicSetting.S3_SECRET_KEY),
                S3Settings.Encryption.valueOf(
                        config.get(MimicSetting.S3_ENCRYPTION).name()),
                config.get(MimicSetting.S3_KMS_KEY),
                config.get(MimicSetting.S3_CONNECT_TIMEOUT),
                config.get(MimicSetting.S3_TIMEOUT),
                config.get(MimicSetting.S3_RETRIES));
    }
}
