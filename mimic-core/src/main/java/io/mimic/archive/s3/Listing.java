package io.mimic.archive.s3;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a prefix one by one; after a failure it goes on behind the last one. Not thread-safe. */
final class Listing {
    private final MinioClient minio;
    private final S3Settings settings;
    private final String prefix;
    private @Nullable Iterator<Result<Item>> items;
    private @Nullable String last;

    Listing(MinioClient minio, S3Settings settings, String prefix) {
        this.minio = minio;
        this.settings = settings;
        this.prefix = prefix;
    }

    /** @return empty after the last one */
    Optional<Item> next() throws IOException, MinioException, GeneralSecurityException {
        Iterator<Result<Item>> current = items == null ? begin() : items;
        items = current;
        if (!current.hasNext()) {
            return Optional.empty();
        }
        boolean read = false;
        try {
            Item item = current.next().get();
            last = item.objectName();
            read = true;
            return Optional.of(item);
        } finally {
            if (!read) {
                items = null;
            }
        }
    }

    private Iterator<Result<Item>> begin() {
        ListObjectsArgs.Builder list = ListObjectsArgs.builder()
                .bucket(settings.bucket())
                .prefix(prefix)
                .recursive(true);
        if (last != null) {
            list.startAfter(last);
        }
        return minio.listObjects(list.build()).iterator();
    }
}
