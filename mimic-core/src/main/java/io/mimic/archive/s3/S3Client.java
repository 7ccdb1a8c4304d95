package io.mimic.archive.s3;

import io.minio.MinioClient;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** A client of the service with connections of its own, which end with it. */
record S3Client(OkHttpClient http, MinioClient minio) implements AutoCloseable {
    static S3Client open(S3Settings settings) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .retryOnConnectionFailure(false) // S3Calls does so, from the start of the file and with pauses
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
            case ENVIRONMENT -> new ChainedProvider(new AwsEnvironmentProvider(), new MinioEnvironmentProvider());
            case IAM -> new IamAwsProvider(null, http);
        };
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
