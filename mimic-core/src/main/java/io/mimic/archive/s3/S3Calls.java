package io.mimic.archive.s3;

import io.mimic.archive.SessionArchive.NoSuchObjectException;
import io.mimic.store.StoreException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls the service, again after a pause when that may help, and says in one sentence what failed. */
final class S3Calls {
    private static final Set<String> PASSING_CODES = Set.of(
            "SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted", "IncompleteBody");

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final S3Settings settings;
    private final Duration pause;

    /** @param pause before the second attempt; doubled before each further one */
    S3Calls(S3Settings settings, Duration pause) {
        this.settings = settings;
        this.pause = pause;
    }

    /**
     * @param doing to follow "could not"
     * @param name the object, for {@link NoSuchObjectException}; empty when none is meant
     */
    <T extends @Nullable Object> T call(String doing, String name, Call<T> call) {
        return call(doing, name, call, settings.retries());
    }

    /** Without a second attempt: for who asks again soon by itself. */
    <T extends @Nullable Object> T once(String doing, Call<T> call) {
        return call(doing, "", call, 0);
    }

    private <T extends @Nullable Object> T call(String doing, String name, Call<T> call, int retries) {
        for (int failures = 0; ; failures++) {
            try {
                return attempt(call);
            } catch (IOException | MinioException | GeneralSecurityException e) {
                if (missing(e) && !name.isEmpty()) {
                    throw new NoSuchObjectException(name);
                }
                if (failures >= retries || !passing(e)) {
                    throw told(doing, e);
                }
                rest(failures, doing);
            }
        }
    }

    private static <T extends @Nullable Object> T attempt(Call<T> call)
            throws IOException, MinioException, GeneralSecurityException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            Throwable cause = e instanceof ProviderException || e.getCause() == null ? e : e.getCause();
            if (cause instanceof ProviderException) {
                throw new IOException("its keys cannot be had: " + cause.getMessage(), e);
            }
            // the client hides a connection that failed in an exception that says something else
            if (cause instanceof IOException connection) {
                throw connection;
            }
            throw e;
        }
    }

    StoreException told(String doing, Exception cause) {
        return new StoreException("The S3 bucket at " + settings + " could not " + doing + ": " + reason(cause), cause);
    }

    private static String reason(Exception cause) {
        if (cause instanceof ErrorResponseException e) {
            return e.errorResponse().code() + " (" + e.errorResponse().message() + ")";
        }
        return cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    static boolean missing(Exception e) {
        return e instanceof ErrorResponseException error
                && (error.errorResponse().code().equals("NoSuchKey")
                        || error.errorResponse().code().equals("NoSuchObject"));
    }

    /** Whether the service has answered and does not do it, now or later. */
    static boolean refused(StoreException e) {
        return e.getCause() instanceof ErrorResponseException error && !passing(error);
    }

    private static boolean passing(Exception e) {
        if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
            return false;
        }
        if (e instanceof ErrorResponseException error) {
            return PASSING_CODES.contains(error.errorResponse().code())
                    || error.response().code() >= 500
                    || error.response().code() == 429;
        }
        return e instanceof IOException || e instanceof ServerException || e instanceof MinioException;
    }

    private void rest(int failures, String doing) {
        long millis = Math.min(pause.toMillis() << Math.min(failures, 16), LONGEST_PAUSE.toMillis());
        try {
            TimeUnit.MILLISECONDS.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw told(doing, e);
        }
    }

    /** One request. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T run() throws IOException, MinioException, GeneralSecurityException;
    }
}
