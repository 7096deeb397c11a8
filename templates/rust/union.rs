{% include "rust/variants.rs" %}

support::union! {
    {{ item.name }}, {{ how }} {
{%- for variant in variants %}
        {{ variant.name }}({{ variant.inner }}) = {{ variant.told_by }},
{%- endfor %}
    }
}
