package io.mimic.archive.s3;

import io.minio.MinioClient;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** A client of the service with connections of its own, which end with it. */
record S3Client(OkHttpClient http, MinioClient minio) implements AutoCloseable {
    static S3Client open(S3Settings settings) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .retryOnConnectionFailure(true)
                .build();
        MinioClient.Builder builder =
                MinioClient.builder().endpoint(settings.endpoint()).httpClient(http);
        if (!settings.region().isEmpty()) {
            builder.region(settings.region());
        }
        if (settings.accessKey().isEmpty()) {
            builder.credentialsProvider(new ChainedProvider(
                    new AwsEnvironmentProvider(), new MinioEnvironmentProvider(), new IamAwsProvider(null, http)));
        } else {
            builder.credentials(settings.accessKey(), settings.secretKey());
        }
        MinioClient minio = builder.build();
        if (settings.pathStyle()) {
            minio.disableVirtualStyleEndpoint();
        } else {
            minio.enableVirtualStyleEndpoint();
        }
        return new S3Client(http, minio);
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
