package io.mimic.archive.s3;

import io.minio.MinioClient;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** A client of the service with connections of its own, which end with it. */
record S3Client(OkHttpClient http, MinioClient minio) implements AutoCloseable {
    /** @param network what else the connections need, for tests: names, certificates, ways */
    static S3Client open(S3Settings settings, UnaryOperator<OkHttpClient.Builder> network) {
        OkHttpClient http = network.apply(new OkHttpClient.Builder()
                        .connectTimeout(settings.connectTimeout())
                        .readTimeout(settings.timeout())
                        .writeTimeout(settings.timeout())
                        // shorter than servers keep an idle connection: one that they close just then fails what it is
                        // asked
                        .connectionPool(new ConnectionPool(5, 10, TimeUnit.SECONDS))
                        .retryOnConnectionFailure(false)) // S3Calls does so, from the start of the file and with pauses
                .build();
        MinioClient.Builder builder =
                MinioClient.builder().endpoint(settings.endpoint()).httpClient(http);
        if (!settings.region().isEmpty()) {
            builder.region(settings.region());
        }
        MinioClient minio =
                builder.credentialsProvider(credentials(settings, http)).build();
        switch (settings.style()) {
            case PATH -> minio.disableVirtualStyleEndpoint();
            case VIRTUAL_HOST -> minio.enableVirtualStyleEndpoint();
            case AUTO -> {} // what the client does by itself
        }
        return new S3Client(http, minio);
    }

    private static Provider credentials(S3Settings settings, OkHttpClient http) {
        return switch (settings.credentials()) {
            case STATIC -> new StaticProvider(settings.accessKey(), settings.secretKey(), null);
            case ENVIRONMENT -> environment();
            case IAM -> new IamAwsProvider(null, http);
        };
    }

    /** What is not set is found out here: the providers themselves fail over it at each call, and none of them lets another try. */
    private static Provider environment() {
        if (isSet("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY") && isSet("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY")) {
            return new AwsEnvironmentProvider();
        }
        if (isSet("MINIO_ACCESS_KEY") && isSet("MINIO_SECRET_KEY")) {
            return new MinioEnvironmentProvider();
        }
        throw new IllegalArgumentException(
                "mimic.s3.credentials=environment needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or MINIO_ACCESS_KEY and"
                        + " MINIO_SECRET_KEY, in the environment.");
    }

    private static boolean isSet(String... names) {
        return Stream.of(names).anyMatch(name -> System.getProperty(name) != null || System.getenv(name) != null);
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        try {
            if (!http.dispatcher().executorService().awaitTermination(5, TimeUnit.SECONDS)) {
                http.dispatcher().executorService().shutdownNow();
            }
        } catch (InterruptedException e) {
            http.dispatcher().executorService().shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
