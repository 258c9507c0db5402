package io.serai.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** What answers with the {@link Version} of what it shows, or changes only the version that was seen. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Versioned {

    /** Says so in the description of the API. */
    @Component
    class Description implements OperationCustomizer {

        @Override
        public Operation customize(Operation operation, HandlerMethod method) {
            if (method.hasMethodAnnotation(Versioned.class)) {
                ApiResponses responses = operation.getResponses();
                if (responses.containsKey("200")) {
                    responses.get("200").addHeaderObject("ETag", new Header().description("of this version").schema(new StringSchema()));
                }
                if (method.hasMethodAnnotation(GetMapping.class)) {
                    responses.addApiResponse("304", new ApiResponse().description("It is still the version of If-None-Match."));
                } else {
                    responses.addApiResponse("412", new ApiResponse().description("Somebody has changed it: If-Match is the ETag of another version."));
                    responses.addApiResponse("428", new ApiResponse().description("Without If-Match: the ETag of what was read."));
                }
            }
            return operation;
        }
    }
}
