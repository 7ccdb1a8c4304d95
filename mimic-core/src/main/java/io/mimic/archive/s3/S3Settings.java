package io.mimic.archive.s3;

import java.time.Duration;

/**
 * Where the bucket is and how it is used.
 *
 * @param endpoint address of the service, such as {@code https://s3.eu-central-1.amazonaws.com} or {@code http://minio:9000}
 * @param region empty: the service is asked
 * @param bucket name of the bucket
 * @param prefix begins every object's name in the bucket; empty, or ending with a slash
 * @param style where the bucket is named
 * @param createBucket whether a missing bucket is made
 * @param credentials where the keys come from
 * @param accessKey for {@link Credentials#STATIC}
 * @param secretKey belongs to {@code accessKey}
 * @param encryption what the service is asked to encrypt objects with
 * @param kmsKey key of {@link Encryption#KMS}
 * @param connectTimeout how long a connection may take, above zero
 * @param timeout how long the service may be silent, above zero
 * @param retries how often a request is repeated when that may help
 */
public record S3Settings(
        String endpoint,
        String region,
        String bucket,
        String prefix,
        Style style,
        boolean createBucket,
        Credentials credentials,
        String accessKey,
        String secretKey,
        Encryption encryption,
        String kmsKey,
        Duration connectTimeout,
        Duration timeout,
        int retries) {
    /** Says nothing secret. */
    @Override
    public String toString() {
        return endpoint + "/" + bucket;
    }

    /** Where the bucket is named in an address. */
    public enum Style {
        /** In the host at AWS, else in the path. */
        AUTO,
        /** As the first part of the path. */
        PATH,
        /** In front of the host name. */
        VIRTUAL_HOST
    }

    /** Where the keys come from. */
    public enum Credentials {
        /** From these settings. */
        STATIC,
        /** From {@code AWS_ACCESS_KEY_ID} and its like, or MinIO's variables. */
        ENVIRONMENT,
        /** From the role of the machine, container or pod, renewed before they run out. */
        IAM
    }

    /** What the service encrypts objects with. */
    public enum Encryption {
        /** What the bucket's own settings say. */
        NONE,
        /** Keys of the service. */
        S3,
        /** A key of the key management service. */
        KMS
    }
}
