{% include "rust/variants.rs" %}

support::tagged! {
    {{ item.name }}, {{ tag }}{% if item.is_once %}, once{% endif %} {
{%- for variant in variants %}
{%- if !variant.is_rest %}
        {{ variant.name }}({{ variant.inner }}) = {{ variant.told_by }},
{%- endif %}
{%- endfor %}
    }
{%- for variant in variants %}
{%- if variant.is_rest %} else {{ variant.name }}({{ variant.inner }})
{%- endif %}
{%- endfor %}
}
