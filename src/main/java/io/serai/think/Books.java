package io.serai.think;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;

/** Where every single try is written down. */
interface Books {

    void answered(ChatResponse response, Duration took);

    void failed(ModelFailed failure, Duration took);
}
