package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Attachment;
import java.util.ArrayList;
import java.util.List;

/** The files of a message: each named by its place with Telegram, from where it is still to be fetched. */
final class Enclosed {

    /** What such a place begins with; the rest is the file_id. */
    static final String SCHEME = "telegram:";

    private static final int LONGEST_NAME = 255;

    private Enclosed() {}

    static List<Attachment> in(JsonNode message) {
        List<Attachment> files = new ArrayList<>();
        JsonNode sizes = message.path("photo");
        if (sizes.size() > 0) {
            files.add(file(sizes.get(sizes.size() - 1), "photo.jpg", "image/jpeg")); // the sizes of one photo, the largest last
        }
        add(files, message, "document", "document", "application/octet-stream"); // an animation comes as a document too
        add(files, message, "voice", "voice.ogg", "audio/ogg");
        add(files, message, "audio", "audio.mp3", "audio/mpeg");
        add(files, message, "video", "video.mp4", "video/mp4");
        add(files, message, "video_note", "video.mp4", "video/mp4");
        return files;
    }

    private static void add(List<Attachment> files, JsonNode message, String field, String name, String type) {
        if (message.path(field).has("file_id")) {
            files.add(file(message.path(field), name, type));
        }
    }

    private static Attachment file(JsonNode file, String name, String type) {
        String given = Said.clean(file.path("file_name").asText(name)).replace("\n", " ").strip();
        return new Attachment(
                given.isEmpty() ? name : given.substring(0, Math.min(given.length(), LONGEST_NAME)),
                Said.clean(file.path("mime_type").asText(type)),
                file.path("file_size").asLong(),
                SCHEME + Said.clean(file.path("file_id").asText()));
    }
}
