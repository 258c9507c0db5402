package io.serai.think;

import io.serai.message.Refused;

/** What a model gave a tool is not what the tool declares. The text is for the model, which may mend it. */
public class WrongArgument extends Refused {

    WrongArgument(String what) {
        super(what);
    }
}
