package io.mimic.archive.s3;

/**
 * Where the bucket is and how it is used.
 *
 * @param endpoint address of the service, such as {@code https://s3.eu-central-1.amazonaws.com} or {@code http://minio:9000}
 * @param region empty: the service is asked
 * @param bucket name of the bucket
 * @param prefix begins every object's name in the bucket; empty, or ending with a slash
 * @param accessKey empty: taken from the environment or from the machine's role (IAM)
 * @param secretKey belongs to {@code accessKey}
 * @param pathStyle whether the bucket is named in the path instead of in the host name
 * @param createBucket whether a missing bucket is made
 * @param encryption what the service is asked to encrypt objects with
 * @param kmsKey key of {@link Encryption#KMS}
 */
public record S3Settings(
        String endpoint,
        String region,
        String bucket,
        String prefix,
        String accessKey,
        String secretKey,
        boolean pathStyle,
        boolean createBucket,
        Encryption encryption,
        String kmsKey) {
    /** Says nothing secret. */
    @Override
    public String toString() {
        return endpoint + "/" + bucket;
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
