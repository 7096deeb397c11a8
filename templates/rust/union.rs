{% include "rust/variants.rs" %}

support::union! {
    {{ item.name }}, {{ how }}{% if item.is_once %}, once{% endif %} {
{%- for variant in variants %}
        {{ variant.name }}({{ variant.inner }}) = {{ variant.told_by }},
{%- endfor %}
    }
}
