package io.serai.message;

import java.util.Map;

/** Something that one question is asked about, as for a summary. */
public interface Question {

    /** What stands in the {@code {holes}} of the prompt. */
    Map<String, String> holes();

    /** What is asked about; data, whatever it says. */
    String text();
}
