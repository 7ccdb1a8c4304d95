package io.mimic.archive.s3;

import io.mimic.store.StoreException;
import io.minio.GetBucketVersioningArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import io.minio.messages.VersioningConfiguration.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** Whether the bucket keeps an object's former versions, which can be switched on at any time. Asks again after a while. Thread-safe. */
final class Versioning {
    private static final Logger LOG = System.getLogger(Versioning.class.getName());
    private static final long VALID = Duration.ofMinutes(10).toNanos();

    private final String bucket;
    private final MinioClient minio;
    private final S3Calls calls;
    private boolean on;
    private boolean asked;
    private boolean told;
    private long askedAt;

    Versioning(String bucket, MinioClient minio, S3Calls calls) {
        this.bucket = bucket;
        this.minio = minio;
        this.calls = calls;
    }

    synchronized boolean on() {
        if (!asked || System.nanoTime() - askedAt > VALID) {
            on = ask();
            asked = true;
            askedAt = System.nanoTime();
        }
        return on;
    }

    private boolean ask() {
        try {
            return calls.call("tell whether it keeps versions", "", this::status) != Status.OFF;
        } catch (StoreException e) {
            if (!S3Calls.refused(e)) {
                throw e;
            }
            if (!told) {
                LOG.log(
                        Level.WARNING,
                        "It cannot be told whether the S3 bucket keeps versions; MIMIC takes it for one that does not. "
                                + e.getMessage());
            }
            told = true;
            return false;
        }
    }

    private Status status() throws IOException, MinioException, GeneralSecurityException {
        return minio.getBucketVersioning(
                        GetBucketVersioningArgs.builder().bucket(bucket).build())
                .status();
    }
}
