{% include "rust/variants.rs" %}

support::tagged! {
    {{ item.name }}, {{ tag }}{% if item.is_once %}, once{% endif %} {
{%- for variant in variants %}
{%- if !variant.is_rest %}
        {{ variant.name }}({{ variant.inner }}{% match variant.loose_tag %}{% when Some with (field) %}, {{ field }}{% when None %}{% endmatch %}) = {{ variant.told_by }},
{%- endif %}
{%- endfor %}
    }
{%- for variant in variants %}
{%- if variant.is_rest %} else {{ variant.name }}({{ variant.inner }})
{%- endif %}
{%- endfor %}
}
