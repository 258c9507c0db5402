package io.serai.think;

import io.serai.message.Call;
import java.util.List;

/** The tools there are at this moment, and the way to use one. */
public interface Toolbox {

    List<Tool> tools();

    /**
     * @param call of a tool there is
     * @return what it told
     * @throws Exception whatever it failed with; {@link WrongArgument} when the model can mend it
     */
    String use(Call call) throws Exception;
}
