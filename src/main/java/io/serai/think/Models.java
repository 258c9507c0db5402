package io.serai.think;

import io.serai.WrongSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The models by their roles. Each is also a bean under its role's name, so that a route may say {@code
 * langchain4j-chat:ask?chatModel=#small}.
 */
@Component
@EnableConfigurationProperties(Catalogue.class)
public class Models {

    private static final String SMALL = "small";

    /** Of so many parts of a prompt memory keeps one, however much was said. */
    private static final int MEMORY = 3;

    private final Map<String, RoleModel> roles = new LinkedHashMap<>();

    Models(Catalogue catalogue, Usage usage, ConfigurableListableBeanFactory beans) {
        Map<String, Model> models = new LinkedHashMap<>();
        catalogue.models().forEach((role, settings) -> models.put(role, new Model(role, settings)));
        models.keySet().forEach(role -> roles.put(role, new RoleModel(role, cast(role, models), usage)));
        // Who pays no second model asks the first one for summaries too.
        roles.computeIfAbsent(SMALL, small -> new RoleModel(small, cast(Catalogue.MAIN, models), usage));
        roles.forEach((role, model) -> register(role, model, beans));
    }

    /** The role itself, then its fallbacks and theirs, each once. */
    private static List<Model> cast(String role, Map<String, Model> models) {
        List<Model> cast = new ArrayList<>();
        collect(role, models, cast);
        return cast;
    }

    private static void collect(String role, Map<String, Model> models, List<Model> cast) {
        Model model = models.get(role);
        if (!cast.contains(model)) {
            cast.add(model);
            model.settings().fallback().forEach(next -> collect(next, models, cast));
        }
    }

    private static void register(String role, RoleModel model, ConfigurableListableBeanFactory beans) {
        if (beans.containsBean(role)) {
            throw new WrongSetting("serai.models." + role + " cannot have this name: it is taken by another bean of the hub");
        }
        beans.registerSingleton(role, model);
    }

    /** Whether a role is played by the offline model alone: then there is nobody to summarise or extract. */
    public boolean isOffline(String role) {
        return role(role).first().provider() == Provider.OFFLINE;
    }

    /** Tokens that fit into the model that plays a role first, prompt and answer together. */
    public int window(String role) {
        return role(role).first().room();
    }

    /** Tokens that fit into any model that may be asked a question of one shot for a role, question and answer together. */
    public int leastWindow(String role) {
        return role(role).leastRoom();
    }

    /** Tokens that a prompt for the model that plays a role first may cost. */
    public int promptRoom(String role) {
        return role(role).first().promptRoom();
    }

    /**
     * Tokens that memory may cost in a prompt.
     *
     * @param room those of all the prompt
     * @param besides those of all that is no memory; what was said is shortened where it would leave too few
     */
    public static int memoryRoom(int room, int besides) {
        return Math.max(room / MEMORY, room - besides);
    }

    /** A line for people per role: what plays it. */
    public Map<String, String> describe() {
        Map<String, String> lines = new LinkedHashMap<>();
        roles.forEach((role, model) -> lines.put(role, model.first().toString()));
        return lines;
    }

    RoleModel role(String role) {
        RoleModel model = roles.get(role);
        if (model == null) {
            throw new IllegalArgumentException("there is no serai.models." + role + "; there are " + roles.keySet());
        }
        return model;
    }

    Map<String, RoleModel> roles() {
        return Collections.unmodifiableMap(roles);
    }
}
