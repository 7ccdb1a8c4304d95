package io.mimic.archive.s3;

import io.mimic.store.StoreException;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;

/** The bucket itself. */
record Bucket(S3Settings settings, MinioClient minio, S3Calls calls) {
    private static final Logger LOG = System.getLogger(Bucket.class.getName());

    /**
     * Makes it when it is missing and may be made. Asks once: whoever opens the archive tries again by himself.
     *
     * @throws StoreException when it cannot be used
     */
    void check() {
        if (isThere()) {
            return;
        }
        if (!settings.createBucket()) {
            throw new StoreException(
                    "There is no S3 bucket at " + settings + ". Make it, or set mimic.s3.create-bucket=true.", null);
        }
        if (calls.once("be made", this::make)) {
            LOG.log(Level.INFO, "Made the S3 bucket at " + settings + ".");
        }
    }

    boolean isThere() {
        return calls.once(
                "be found",
                () -> minio.bucketExists(
                        BucketExistsArgs.builder().bucket(settings.bucket()).build()));
    }

    private boolean make() throws IOException, MinioException, GeneralSecurityException {
        MakeBucketArgs.Builder bucket = MakeBucketArgs.builder().bucket(settings.bucket());
        if (!settings.region().isEmpty()) {
            bucket.region(settings.region());
        }
        try {
            minio.makeBucket(bucket.build());
            return true;
        } catch (ErrorResponseException e) {
            // Another node that starts at the same time was faster.
            if (e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
                return false;
            }
            throw e;
        }
    }
}
