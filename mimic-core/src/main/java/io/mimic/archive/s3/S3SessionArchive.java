package io.mimic.archive.s3;

import io.mimic.archive.SessionArchive;
import io.mimic.store.StoreException;
import io.mimic.store.StoreHealth;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.ServerSideEncryption;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One object of a bucket a segment, put with a single request: an upload that is cut in the middle never shows. What fails in passing is tried
 * again with growing pauses. Thread-safe.
 */
public final class S3SessionArchive implements SessionArchive {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");
    private static final long LARGEST_PUT = 5L << 30;
    private static final long SMALLEST_PART = 5L << 20;

    private final S3Settings settings;
    private final S3Client client;
    private final S3Calls calls;
    private final Versioning versioning;

    private S3SessionArchive(S3Settings settings, S3Client client, S3Calls calls, Versioning versioning) {
        this.settings = settings;
        this.client = client;
        this.calls = calls;
        this.versioning = versioning;
    }

    /**
     * Connects, and makes or checks the bucket.
     *
     * @throws StoreException when the service cannot be reached, refuses the keys, or there is no such bucket; nothing stays open then
     */
    public static S3SessionArchive open(S3Settings settings) {
        return open(settings, Duration.ofMillis(500), UnaryOperator.identity());
    }

    /**
     * @param pause before a second attempt
     * @param network see {@link S3Client#open}
     */
    static S3SessionArchive open(S3Settings settings, Duration pause, UnaryOperator<OkHttpClient.Builder> network) {
        S3Calls calls = new S3Calls(settings, pause);
        S3Client client;
        try {
            client = S3Client.open(settings, network);
        } catch (IllegalArgumentException e) {
            throw calls.told("be used with these settings", e);
        }
        boolean ready = false;
        try {
            new Bucket(settings, client.minio(), calls).check();
            S3SessionArchive archive = new S3SessionArchive(
                    settings, client, calls, new Versioning(settings.bucket(), client.minio(), calls));
            ready = true;
            return archive;
        } finally {
            if (!ready) {
                client.close();
            }
        }
    }

    @Override
    public void put(String name, Path file) {
        String key = key(name);
        calls.call("store " + name, "", () -> {
            long size = Files.size(file);
            if (size > LARGEST_PUT) {
                throw new StoreException(
                        "Segment " + name + " has " + size + " bytes; one request takes at most " + LARGEST_PUT + ".",
                        null);
            }
            UploadObjectArgs.Builder upload = UploadObjectArgs.builder()
                    .bucket(settings.bucket())
                    .object(key)
                    .contentType("application/octet-stream")
                    .filename(file.toString(), Math.max(size, SMALLEST_PART));
            switch (settings.encryption()) {
                case S3 -> upload.sse(new ServerSideEncryption.S3());
                case KMS -> upload.sse(new ServerSideEncryption.KMS(settings.kmsKey(), null));
                case NONE -> {}
            }
            return client.minio().uploadObject(upload.build());
        });
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        String key = key(name);
        if (length == 0) {
            stat(name, key);
            return InputStream.nullInputStream();
        }
        return new ResumingStream(at -> range(name, key, offset + at, length - at), length);
    }

    private void stat(String name, String key) {
        calls.call(
                "read " + name,
                name,
                () -> client.minio()
                        .statObject(StatObjectArgs.builder()
                                .bucket(settings.bucket())
                                .object(key)
                                .build()));
    }

    private InputStream range(String name, String key, long offset, long length) {
        GetObjectResponse response = calls.call(
                "read " + name,
                name,
                () -> client.minio()
                        .getObject(GetObjectArgs.builder()
                                .bucket(settings.bucket())
                                .object(key)
                                .offset(offset)
                                .length(length)
                                .build()));
        @Nullable String told = response.headers().get("Content-Length");
        if (told != null && Long.parseLong(told) != length) {
            closeQuietly(response);
            throw new StoreException(
                    "The archive's object " + name + " is damaged: " + length + " bytes from " + offset
                            + " are needed, " + told + " are there.",
                    null);
        }
        return response;
    }

    private static void closeQuietly(InputStream stream) {
        try (stream) {
            return;
        } catch (IOException e) {
            System.getLogger(S3SessionArchive.class.getName())
                    .log(System.Logger.Level.DEBUG, "A connection to S3 broke while it was closed.", e);
        }
    }

    @Override
    public void delete(String name) {
        String key = key(name);
        if (versioning.on()) {
            calls.call("delete " + name, "", () -> {
                for (@Nullable String version : versions(key)) {
                    remove(key, version);
                }
                return true;
            });
        } else {
            calls.call("delete " + name, "", () -> {
                remove(key, null);
                return true;
            });
        }
    }

    private List<@Nullable String> versions(String key) throws IOException, MinioException, GeneralSecurityException {
        List<@Nullable String> versions = new ArrayList<>();
        for (Result<Item> result : client.minio()
                .listObjects(ListObjectsArgs.builder()
                        .bucket(settings.bucket())
                        .prefix(key)
                        .recursive(true)
                        .includeVersions(true)
                        .build())) {
            Item item = result.get();
            if (item.objectName().equals(key)) {
                versions.add(item.versionId());
            }
        }
        return versions;
    }

    private void remove(String key, @Nullable String version)
            throws IOException, MinioException, GeneralSecurityException {
        RemoveObjectArgs.Builder object =
                RemoveObjectArgs.builder().bucket(settings.bucket()).object(key);
        if (version != null) {
            object.versionId(version);
        }
        client.minio().removeObject(object.build());
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        Listing listing = new Listing(client.minio(), settings, settings.prefix() + prefix);
        Optional<Item> item = calls.call("list " + prefix, "", listing::next);
        while (item.isPresent()) {
            item.filter(found -> !found.isDir()).map(this::stored).ifPresent(each);
            item = calls.call("list " + prefix, "", listing::next);
        }
    }

    private StoredObject stored(Item item) {
        return new StoredObject(
                item.objectName().substring(settings.prefix().length()),
                item.size(),
                item.lastModified().toInstant().toEpochMilli());
    }

    @Override
    public StoreHealth health() {
        try {
            return new Bucket(settings, client.minio(), calls).isThere()
                    ? StoreHealth.up("s3")
                    : StoreHealth.down("There is no S3 bucket at " + settings + ".");
        } catch (StoreException e) {
            return StoreHealth.down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name an object of the archive.");
        }
        return settings.prefix() + name;
    }
}
